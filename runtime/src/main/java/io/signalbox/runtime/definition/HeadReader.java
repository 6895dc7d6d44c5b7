package io.signalbox.runtime.definition;

import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.definition.Consumption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what stands around the tasks: document, use and schedule. */
final class HeadReader {
  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  private static final String SEMVER =
      "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?";

  private static final List<String> TIMES = List.of("every", "cron", "after");

  private final Compilation in;
  private final Place root;

  HeadReader(Compilation in, Place root) {
    this.in = in;
    this.root = root;
  }

  WorkflowRef document() {
    Place document = root.at("document");
    if (!document.present()) {
      in.findings.fault(root, "a definition needs 'document' (dsl, namespace, name, version)");
      return new WorkflowRef("", "", "");
    }
    if (!in.findings.object(document, "'document'")) {
      return new WorkflowRef("", "", "");
    }
    in.findings.only(
        document,
        "'document'",
        Set.of("dsl", "namespace", "name", "version", "title", "summary", "tags", "metadata"));
    matching(document, "dsl", "1\\.0\\.\\d+", "must be a 1.0 version of the DSL, such as '1.0.3'");
    in.findings.text(document.at("title"));
    in.findings.text(document.at("summary"));
    return new WorkflowRef(
        matching(document, "namespace", LABEL, LABEL_EXPECTED),
        matching(document, "name", LABEL, LABEL_EXPECTED),
        matching(
            document, "version", SEMVER, "must be a semantic version in quotes, such as '1.0.0'"));
  }

  private static final String LABEL_EXPECTED =
      "must have 1 to 63 letters, digits and '-', and begin and end with a letter or digit";

  private String matching(Place document, String name, String pattern, String expected) {
    Place place = document.at(name);
    if (!place.present()) {
      in.findings.fault(document, "'document' needs '" + name + "'");
      return "";
    }
    if (!place.node().isTextual()
        || !place.text().matches(pattern)
        || place.text().length() > 200) {
      in.findings.fault(place, expected);
    }
    return place.text();
  }

  Optional<Consumption> schedule() {
    Place schedule = root.at("schedule");
    if (!schedule.present() || !in.findings.object(schedule, "'schedule'")) {
      return Optional.empty();
    }
    times(schedule);
    in.findings.only(schedule, "'schedule'", Set.of("every", "cron", "after", "on"));
    return schedule.at("on").present() ? on(schedule.at("on")) : Optional.empty();
  }

  /** The events that start a run; nothing of a run is known before there is one. */
  private Optional<Consumption> on(Place on) {
    if (on.at("until").present()) {
      in.findings.notBuilt(on.at("until"), "gathering events 'until' before a run starts is");
      return Optional.empty();
    }
    return in.listening
        .consumption(on, new Names(Set.of()))
        .filter(
            to -> {
              boolean same =
                  to.filters().stream().map(it -> it.correlations().keySet()).distinct().count()
                      <= 1;
              if (to.mode() == Consumption.Mode.ALL && !same) {
                in.findings.fault(
                    on.at("all"), "every filter needs the same correlations, by name");
              }
              return true;
            });
  }

  private void times(Place schedule) {
    List<String> kinds = TIMES.stream().filter(schedule.node()::has).toList();
    if (kinds.size() > 1) {
      in.findings.fault(schedule, "may have only one of " + String.join(", ", TIMES));
    }
    for (String kind : kinds) {
      Place place = schedule.at(kind);
      if (kind.equals("cron")) {
        // any moment would do to find out whether it ever comes true
        in.findings
            .text(place)
            .flatMap(text -> Timetable.fault(text, Instant.EPOCH))
            .ifPresent(why -> in.findings.fault(place, "is no Unix cron expression: " + why));
      } else {
        Duration shortest = kind.equals("every") ? Timetable.SHORTEST : Duration.ZERO;
        boolean enough =
            Durations.parse(place.node()).map(it -> it.compareTo(shortest) >= 0).orElse(false);
        if (!enough) {
          in.findings.fault(
              place,
              "must be a duration such as PT5M or {minutes: 5}"
                  + (kind.equals("every") ? " of one second or more" : ""));
        }
      }
    }
  }

  /** {@code evaluate}: jq alone, and how liberally templates are read. */
  void evaluate() {
    Place evaluate = root.at("evaluate");
    if (!evaluate.present() || !in.findings.object(evaluate, "'evaluate'")) {
      return;
    }
    in.findings.only(evaluate, "'evaluate'", Set.of("language", "mode"));
    Place language = evaluate.at("language");
    if (language.present() && !language.text().equals("jq")) {
      in.findings.fault(
          language,
          "must be jq: expressions in other languages, JavaScript among them, are refused, because"
              + " their steps and sizes could not be bounded the same way on every machine");
    }
    Place mode = evaluate.at("mode");
    if (mode.present() && !Set.of("strict", "loose").contains(mode.text())) {
      in.findings.fault(mode, "must be strict or loose");
    }
    in.findings.loose = mode.text().equals("loose");
  }

  /** What is declared for use must be right even where nothing uses it. */
  void reusables() {
    in.functions.declared();
    Names names = Names.EVERYWHERE.plus("error");
    for (String section : List.of("errors", "retries", "timeouts", "authentications")) {
      in.use
          .section(section)
          .fieldNames()
          .forEachRemaining(
              name -> {
                Place place = in.use.place(section, name);
                if (in.findings.near(place.pointer())) {
                  return;
                }
                switch (section) {
                  case "errors" -> in.plain.error(place, names);
                  case "retries" -> in.catches.policy(place, names);
                  case "timeouts" -> in.timeout(place, names);
                  default -> in.authentications.policy(place, names);
                }
              });
    }
  }
}
