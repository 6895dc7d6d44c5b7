package io.signalbox.runtime.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.taint.Content;
import io.signalbox.runtime.taint.Finding;
import io.signalbox.runtime.taint.Finding.Steered;
import io.signalbox.runtime.taint.Setting;
import io.signalbox.runtime.taint.TaintPolicy;
import io.signalbox.runtime.taint.Tracing;
import io.signalbox.runtime.taint.Wish;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A call that content steers, rather than those who are trusted, is not made silently. */
final class SteeredCalls implements Step {
  static final String RULE = "taint-steered";
  static final String RULE_OF_TWO = "rule-of-two";

  @Override
  public Opinion judge(Question question) {
    Optional<ToolDefinition> tool = question.definition();
    Optional<Setting> setting = question.setting();
    if (tool.isEmpty() || setting.isEmpty()) {
      return Opinion.NONE;
    }
    TaintPolicy.Terms terms =
        question
            .rules()
            .taint()
            .terms(
                tool.get(),
                question.run().workflow().namespace(),
                question.asker() instanceof Question.Asker.Agent(String name) ? name : "");
    TaintPolicy.Action action = terms.onSteered();
    if (action == TaintPolicy.Action.IGNORE) {
      return Opinion.NONE;
    }
    Finding found = Tracing.find(setting.get(), new Wish(tool.get(), question.arguments()));
    if (found.clean()) {
      return two(terms, tool.get(), setting.get());
    }
    return switch (action) {
      case ASK ->
          new Opinion.Ask(RULE, terms.approvers(), words(found), Optional.of(detail(found, terms)));
      case BLOCK -> new Opinion.Refuse(RULE, words(found));
      case ALLOW -> new Opinion.Note(RULE, words(found));
      case IGNORE -> Opinion.NONE;
    };
  }

  /** Untrusted input, sensitive data, an effect outside: at most two of them without a person. */
  private static Opinion two(TaintPolicy.Terms terms, ToolDefinition tool, Setting setting) {
    boolean reaches = tool.risk() != Risk.READ || tool.trust().outside();
    List<String> sensitive =
        setting.read().stream().filter(Content::sensitive).map(Content::source).toList();
    boolean untrusted =
        setting.read().stream().anyMatch(it -> it.trust() == Content.Trust.UNTRUSTED);
    if (!reaches || !untrusted || sensitive.isEmpty()) {
      return Opinion.NONE;
    }
    String why =
        "untrusted content and sensitive data (%s) were read, and the call reaches outside"
            .formatted(String.join(", ", sensitive));
    return switch (terms.ruleOfTwo()) {
      case ASK -> new Opinion.Ask(RULE_OF_TWO, terms.approvers(), why);
      case BLOCK -> new Opinion.Refuse(RULE_OF_TWO, why);
      case ALLOW, IGNORE -> new Opinion.Note(RULE_OF_TWO, why);
    };
  }

  private static String words(Finding found) {
    return found.steered().stream().map(SteeredCalls::words).collect(Collectors.joining("; "));
  }

  private static String words(Steered it) {
    String what = it.argument().isEmpty() ? "the call itself" : it.argument();
    return "%s: %s (%s)".formatted(what, it.why(), String.join(", ", it.sources()));
  }

  private static JsonNode detail(Finding found, TaintPolicy.Terms terms) {
    ObjectNode detail = Json.object();
    detail.set("steered", Json.tree(found.steered()));
    if (!terms.rules().isEmpty()) {
      detail.set("rules", Json.tree(terms.rules()));
    }
    return detail;
  }
}
