package io.signalbox.protocol.audit;

import io.signalbox.protocol.Sent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that somebody did, or was refused, outside of any run: a login, an act of
 * administration, a refusal at the door. What runs do is in their own journals and needs no note.
 *
 * @param tenant whose trail it belongs to; {@link #NOBODY} where no tenant is known yet
 * @param actor such as {@code user:carol}; {@code unknown} where the credential told nothing
 * @param action a verb and its thing, such as {@code key.create} or {@code login}
 * @param target what it was done to, such as {@code key:key_12} or {@code route:POST /v1/runs}
 * @param rule the rule that decided, where one did
 * @param run the run it is about, where it is about one
 * @param onBehalfOf for whom an agent or a service acted
 * @param detail a few further words, never secrets; cut where too long
 */
public record AuditNote(
    String tenant,
    String actor,
    String action,
    String target,
    Result result,
    Optional<String> rule,
    Optional<String> run,
    Optional<String> onBehalfOf,
    Map<String, String> detail)
    implements Sent {
  /** The trail of what no tenant can be named for; no tenant has such a name. */
  public static final String NOBODY = "-";

  private static final int LONGEST = 500;
  private static final int MOST = 16;

  /** How it ended. */
  public enum Result {
    DONE,
    REFUSED,
    FAILED;

    /** As it is written. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public AuditNote {
    actor = cut(actor);
    action = cut(action);
    target = cut(target);
    rule = rule.map(AuditNote::cut);
    run = run.map(AuditNote::cut);
    onBehalfOf = onBehalfOf.map(AuditNote::cut);
    Map<String, String> kept = new TreeMap<>();
    detail.entrySet().stream()
        .limit(MOST)
        .forEach(entry -> kept.put(cut(entry.getKey()), cut(entry.getValue())));
    detail = Map.copyOf(kept);
  }

  /** It was done. */
  public static AuditNote done(String tenant, String actor, String action, String target) {
    return new AuditNote(
        tenant,
        actor,
        action,
        target,
        Result.DONE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** It was not permitted, by this rule. */
  public static AuditNote refused(
      String tenant, String actor, String action, String target, String rule) {
    return new AuditNote(
        tenant,
        actor,
        action,
        target,
        Result.REFUSED,
        Optional.of(rule),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** It was tried and did not succeed. */
  public static AuditNote failed(
      String tenant, String actor, String action, String target, String why) {
    return done(tenant, actor, action, target).ended(Result.FAILED).with("why", why);
  }

  /** The same with one more detail. */
  public AuditNote with(String name, String value) {
    Map<String, String> more = new TreeMap<>(detail);
    more.put(name, value);
    return new AuditNote(tenant, actor, action, target, result, rule, run, onBehalfOf, more);
  }

  /** The same, about this run. */
  public AuditNote about(String id) {
    return new AuditNote(
        tenant, actor, action, target, result, rule, Optional.of(id), onBehalfOf, detail);
  }

  /** The same, done for somebody else. */
  public AuditNote forWhom(String principal) {
    return new AuditNote(
        tenant, actor, action, target, result, rule, run, Optional.of(principal), detail);
  }

  private AuditNote ended(Result how) {
    return new AuditNote(tenant, actor, action, target, how, rule, run, onBehalfOf, detail);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
