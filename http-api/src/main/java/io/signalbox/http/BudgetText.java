package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.http.wire.Fields;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.quota.Amounts;
import io.signalbox.protocol.quota.Budget;
import io.signalbox.protocol.quota.Budget.Rate;
import io.signalbox.protocol.quota.OnLimit;
import io.signalbox.protocol.quota.QuotaReply;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A budget as it is written in requests and answers. */
final class BudgetText {
  private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
  private static final long MOST = 1_000_000_000_000_000L;

  private BudgetText() {}

  static Budget read(String name, Fields fields) {
    fields.ignore("usage");
    Map<String, String> scope = scope(fields);
    boolean limited = fields.any("limits").isPresent();
    Fields limits = limited ? fields.inside("limits") : Fields.of(Json.object());
    Optional<Long> calls = whole(limits, "calls");
    Optional<Long> tokens = whole(limits, "tokens");
    Optional<Long> money = money(limits);
    Optional<Duration> time = positive(limits, "time");
    Optional<Duration> period = positive(fields, "period");
    Optional<Rate> rate = fields.object("rate").map(_ -> rate(fields.inside("rate")));
    Optional<Integer> concurrency =
        fields.any("concurrency").map(_ -> fields.integer("concurrency", 1, 1, 1_000_000));
    OnLimit onLimit = OnLimit.parse(fields.choice("onLimit", List.of("fail", "wait")));
    if (calls.isEmpty()
        && tokens.isEmpty()
        && money.isEmpty()
        && time.isEmpty()
        && rate.isEmpty()
        && concurrency.isEmpty()) {
      fields.fault(
          "limits", "says nothing: set calls, tokens, money or time in it, or rate or concurrency");
    }
    if (scope.containsValue(Budget.EACH) && period.isEmpty() && limited) {
      fields.fault("period", "is required where each value has a budget of its own");
    }
    fields.check();
    return new Budget(name, scope, calls, tokens, money, time, period, rate, concurrency, onLimit);
  }

  /** {@code agent:NAME}, {@code tenant}, or an object with several of them that must all fit. */
  private static Map<String, String> scope(Fields fields) {
    Map<String, String> scope = new HashMap<>();
    Optional<JsonNode> given = fields.any("scope");
    if (given.filter(JsonNode::isTextual).isPresent()) {
      String text = given.get().textValue();
      int colon = text.indexOf(':');
      if (colon > 0) {
        scope.put(text.substring(0, colon), text.substring(colon + 1));
      } else if (!text.equals("tenant")) {
        fields.fault("scope", "must be tenant, or one of " + Budget.DIMENSIONS + " and :NAME");
      }
    } else if (given.isPresent()) {
      scope.putAll(fields.textMap("scope"));
    }
    scope.forEach(
        (dimension, value) -> {
          if (!Budget.DIMENSIONS.contains(dimension)) {
            fields.fault("scope", "must be of " + Budget.DIMENSIONS + ", not " + dimension);
          } else if (value.isBlank() || value.length() > 256) {
            fields.fault("scope", "names no " + dimension);
          }
        });
    return scope;
  }

  private static Rate rate(Fields rate) {
    int calls = rate.integer("calls", 0, 1, 1_000_000);
    if (calls == 0) {
      rate.fault("calls", "is required");
    }
    Duration per = positive(rate, "per").orElse(Duration.ofSeconds(1));
    int burst = rate.integer("burst", Math.max(1, calls), 1, 1_000_000);
    return new Rate(Math.max(1, calls), per, burst);
  }

  private static Optional<Duration> positive(Fields fields, String name) {
    Optional<Duration> found = fields.duration(name);
    if (found.filter(it -> it.toMillis() < 1 || it.toDays() > 3660).isPresent()) {
      fields.fault(name, "must be from a millisecond to ten years");
      return Optional.empty();
    }
    return found;
  }

  private static Optional<Long> whole(Fields fields, String name) {
    Optional<JsonNode> given = fields.any(name).filter(it -> !it.isNull());
    if (given
        .filter(
            it ->
                !it.isIntegralNumber() || !it.canConvertToLong() || !fits((double) it.longValue()))
        .isPresent()) {
      fields.fault(name, "must be a whole number from 0 to " + MOST);
      return Optional.empty();
    }
    return given.map(JsonNode::longValue);
  }

  private static Optional<Long> money(Fields fields) {
    Optional<JsonNode> given = fields.any("money").filter(it -> !it.isNull());
    if (given.filter(it -> !it.isNumber() || !fits(it.asDouble() * 1e6)).isPresent()) {
      fields.fault("money", "must be dollars from 0 to " + MOST / 1_000_000);
      return Optional.empty();
    }
    return given.map(
        it -> it.decimalValue().multiply(MILLION).setScale(0, RoundingMode.HALF_UP).longValue());
  }

  private static boolean fits(double value) {
    return value >= 0 && value <= MOST;
  }

  static ObjectNode shown(Budget budget) {
    ObjectNode text = Json.object().put("name", budget.name());
    text.set("scope", Json.tree(budget.scope()));
    ObjectNode limits = Json.object();
    budget.calls().ifPresent(it -> limits.put("calls", it));
    budget.tokens().ifPresent(it -> limits.put("tokens", it));
    budget.costMicros().ifPresent(it -> limits.put("money", dollars(it)));
    budget.time().ifPresent(it -> limits.put("time", it.toString()));
    if (!limits.isEmpty()) {
      text.set("limits", limits);
    }
    budget.period().ifPresent(it -> text.put("period", it.toString()));
    budget
        .rate()
        .ifPresent(
            it ->
                text.putObject("rate")
                    .put("calls", it.calls())
                    .put("per", it.per().toString())
                    .put("burst", it.burst()));
    budget.concurrency().ifPresent(it -> text.put("concurrency", it));
    return text.put("onLimit", budget.onLimit().text());
  }

  /** With what has been drawn. */
  static ObjectNode with(ObjectNode budget, QuotaReply.Gauges gauges) {
    var usage = budget.putArray("usage");
    for (QuotaReply.Gauge gauge : gauges.gauges()) {
      ObjectNode item = usage.addObject();
      if (!gauge.value().isEmpty()) {
        item.put("value", gauge.value());
      }
      gauge.since().ifPresent(it -> item.put("since", it.toString()));
      item.set("used", amounts(gauge.used()));
      item.set("reserved", amounts(gauge.reserved()));
      item.put("open", gauge.open());
    }
    return budget;
  }

  private static ObjectNode amounts(Amounts it) {
    return Json.object()
        .put("calls", it.calls())
        .put("tokens", it.tokens())
        .put("money", dollars(it.costMicros()))
        .put("time", Duration.ofMillis(it.millis()).toString());
  }

  private static BigDecimal dollars(long micros) {
    return BigDecimal.valueOf(micros).divide(MILLION, 6, RoundingMode.HALF_UP).stripTrailingZeros();
  }
}
