package io.signalbox.runtime.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.definition.Definition;
import io.signalbox.protocol.definition.Step;
import io.signalbox.protocol.definition.Task;
import io.signalbox.protocol.definition.Task.OnFailure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeyondReaderTest {
  private static final DefinitionReader READER = new DefinitionReader();

  private static Reading read(String task) {
    return READER.read(
        "document: {dsl: '1.0.3', namespace: test, name: beyond, version: '1.0.0'}\ndo: [{a: "
            + task
            + "}]");
  }

  private static Definition valid(String task) {
    return switch (read(task)) {
      case Reading.Valid(Definition definition) -> definition;
      case Reading.Faulty faulty -> throw new AssertionError(faulty.faults().toString());
    };
  }

  private static Step step(String task) {
    return first(valid(task));
  }

  private static Step first(Definition definition) {
    return definition.root().list().getFirst();
  }

  @Test
  void aMapWithEverythingIsRead() {
    Task task =
        step("{call: map, with: {in: .xs, each: x, at: i, concurrency: 3, onFailure: collect,"
                + " tolerate: 0.25, do: [{b: {set: {v: '${ $x + $i }'}}}]}}")
            .task();
    assertThat(task).isInstanceOf(Task.Mapping.class);
    Task.Mapping map = (Task.Mapping) task;
    assertThat(map.concurrency()).isEqualTo(Optional.of(3));
    assertThat(map.onFailure()).isEqualTo(OnFailure.COLLECT);
    assertThat(map.tolerate()).isEqualTo(Optional.of(0.25));
    assertThat(map.body().pointer()).isEqualTo("/do/0/a/with/do");
    assertThat(map.body().list().getFirst().pointer()).isEqualTo("/do/0/a/with/do/0/b");
  }

  @Test
  void aCompensationStandsWhereItIsWritten() {
    Definition read =
        valid(
            "{set: {n: 1}, metadata: {other: {any: thing}, signalbox: {compensate:"
                + " [{undo: {set: {n: '${ $compensated.output.n }'}}}], labels: {n: '${ $output.n }'}}}}");
    assertThat(read.steps())
        .containsKeys("/do/0/a", "/do/0/a/metadata/signalbox/compensate/0/undo");
    assertThat(first(read).beyond().labels()).containsOnlyKeys("n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {call: map} | /do/0/a | needs 'with'
          {call: map, with: {do: [{b: {set: {n: 1}}}]}} | /do/0/a/with | needs 'in'
          {call: map, with: {in: .x}} | /do/0/a/with | needs 'do'
          {call: map, with: {in: .x, do: []}} | /do/0/a/with/do | at least one task
          {call: map, with: {in: .x, parallel: 2, do: [{b: {set: {n: 1}}}]}} | /do/0/a/with/parallel | no property
          {call: map, with: {in: .x, concurrency: 0, do: [{b: {set: {n: 1}}}]}} | /do/0/a/with/concurrency | 1 or more
          {call: map, with: {in: .x, onFailure: ignore, do: [{b: {set: {n: 1}}}]}} | /do/0/a/with/onFailure | fail, collect or skip
          {call: map, with: {in: .x, tolerate: 2, do: [{b: {set: {n: 1}}}]}} | /do/0/a/with/tolerate | tolerates nothing
          {call: map, with: {in: .x, onFailure: skip, tolerate: 1.5, do: [{b: {set: {n: 1}}}]}} | /do/0/a/with/tolerate | share
          {call: map, with: {in: .x, each: i, at: i, do: [{b: {set: {n: 1}}}]}} | /do/0/a/with/at | two variables
          {call: map, with: {in: $who, do: [{b: {set: {n: 1}}}]}} | /do/0/a/with/in | no variable $who
          {call: map, with: {in: .x, do: [{b: {call: nothing}}]}} | /do/0/a/with/do/0/b/call | no function
          {call: compensate, with: {task: b}} | /do/0/a/with/task | no property
          {set: {n: 1}, metadata: {signalbox: {undo: []}}} | /do/0/a/metadata/signalbox/undo | no property
          {set: {n: 1}, metadata: {signalbox: {labels: {x: {y: 1}}}}} | /do/0/a/metadata/signalbox/labels/x | must be a text
          {set: {n: 1}, metadata: {signalbox: {compensate: [{b: {call: compensate}}]}}} | /do/0/a/metadata/signalbox/compensate/0/b/call | cannot begin
          {set: '${ $compensated }'} | /do/0/a/set | no variable $compensated
          """)
  void whatIsWrongIsToldWithItsPlace(String task, String pointer, String message) {
    assertThat(read(task)).isInstanceOf(Reading.Faulty.class);
    List<String> told =
        ((Reading.Faulty) read(task))
            .faults().stream().map(fault -> fault.pointer() + " " + fault.message()).toList();
    assertThat(told).anyMatch(it -> it.startsWith(pointer + " ") && it.contains(message));
  }
}
