package io.signalbox.runtime.taint;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.taint.Content.Trust;
import io.signalbox.runtime.taint.Finding.Steered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides who steered a call: those who are trusted, or something that was read. Whatever a person
 * did not ask for, in kind and in each argument that matters, counts as steered as soon as anything
 * untrusted was read; there is no list of bad words that a call has to be on.
 */
public final class Tracing {
  private final Setting setting;
  private final Wish wish;
  private final Read read;
  private final Purpose purpose;
  private final Asked asked;

  private Tracing(Setting setting, Wish wish) {
    this.setting = setting;
    this.wish = wish;
    this.purpose = Purpose.of(wish.tool());
    List<Pasted> tasks = setting.tasks().stream().map(Pasted::of).toList();
    this.asked =
        Asked.of(
            tasks.stream().map(Pasted::own).toList(), setting.standing(), purpose, wish.tool());
    this.read = Read.of(contents(tasks), asked);
  }

  /** What steers this call, if anything does. */
  public static Finding find(Setting setting, Wish wish) {
    return new Tracing(setting, wish).find();
  }

  private List<Content> contents(List<Pasted> tasks) {
    List<Content> all = new ArrayList<>();
    for (Pasted task : tasks) {
      task.quoted().forEach(it -> all.add(plain("text pasted into the task", it)));
    }
    for (ToolDefinition tool : setting.tools()) {
      String words = tool.description() + "\n" + descriptions(tool);
      if (Words.sentences(words).stream().anyMatch(Tracing::orders)) {
        all.add(plain("description of tool " + tool.name(), words));
      }
    }
    all.addAll(setting.read());
    return all;
  }

  private static Content plain(String source, String text) {
    return new Content(
        source, Trust.UNTRUSTED, List.of(), false, TextNode.valueOf(text), NullNode.getInstance());
  }

  private static String descriptions(ToolDefinition tool) {
    StringBuilder all = new StringBuilder();
    tool.parameters().findValues("description").forEach(it -> all.append(it.asText()).append('\n'));
    return all.toString();
  }

  /** A description that does more than describe: it speaks to the model, or names a target. */
  private static boolean orders(String sentence) {
    return Cues.strong(sentence) || Payload.identities(sentence).stream().anyMatch(it -> true);
  }

  private Finding find() {
    if (!read.untrusted()) {
      return Finding.CLEAN;
    }
    List<Leaf> leaves = Leaf.of(wish.arguments()).stream().filter(it -> !it.empty()).toList();
    boolean reads = wish.tool().risk() == Risk.READ;
    List<Steered> found = new ArrayList<>();
    Arguments arguments = new Arguments(read, asked, purpose, reads);
    Map<String, String> declared = wish.tool().trust().arguments();
    List<Arguments.Judged> judged = new ArrayList<>();
    for (Leaf leaf : leaves) {
      Role role =
          Role.of(
              leaf.name(),
              leaf.value(),
              declared.containsKey(leaf.argument())
                  ? Map.of(leaf.name(), declared.get(leaf.argument()))
                  : Map.of(),
              purpose.effects(),
              Purpose.schema(wish.tool(), leaf.name()));
      if (!reads || role == Role.ADDRESS || declared.containsKey(leaf.argument())) {
        judged.add(new Arguments.Judged(leaf, role));
      }
    }
    if (reads && judged.isEmpty() && !wish.tool().trust().outside()) {
      return Finding.CLEAN;
    }
    if (!reads && !asked.wanted()) {
      found.add(
          new Steered(
              "",
              read.asking(purpose),
              "nobody who is trusted asked for a call of " + wish.tool().name()));
    }
    for (Arguments.Judged it : judged) {
      Optional<Steered> steered = arguments.check(it);
      steered.ifPresent(found::add);
    }
    if (!reads) {
      found.addAll(arguments.payloads(judged));
    }
    return found.isEmpty() ? Finding.CLEAN : new Finding(found);
  }
}
