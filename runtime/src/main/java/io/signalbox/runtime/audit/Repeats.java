package io.signalbox.runtime.audit;

import io.signalbox.protocol.audit.AuditNote;
import io.signalbox.protocol.audit.AuditNote.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps refusals and failures from filling the disk: the first of a kind is written, those like it
 * are counted and written as one when the time is up. Where too many kinds come, they are counted
 * together by action. Lives in memory: a crash may lose counts, never a first refusal.
 */
final class Repeats {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Duration window;
  private final int perMinute;
  private final Map<Kind, Count> counts = new HashMap<>();
  private Instant minute = Instant.EPOCH;
  private int written;

  /** What makes notes alike. */
  private record Kind(
      String actor, String action, String target, Result result, Optional<String> rule) {}

  private static final class Count {
    private final AuditNote note;
    private final Instant opened;
    private Instant since = Instant.EPOCH;
    private long more;

    Count(AuditNote note, Instant opened) {
      this.note = note;
      this.opened = opened;
    }
  }

  /** So many notes like this one since then. */
  record Counted(AuditNote note, long count, Instant since) {}

  Repeats(Duration window, int perMinute) {
    this.window = window;
    this.perMinute = perMinute;
  }

  /** Whether the note is to be written by itself; else it has been counted. */
  boolean isNew(AuditNote note, Instant now) {
    if (note.result() == Result.DONE) {
      return true;
    }
    Kind kind = kind(note);
    Count known = counts.get(kind);
    if (known == null && admits(now)) {
      counts.put(kind, new Count(note, now));
      return true;
    }
    if (known == null) {
      AuditNote many = together(note);
      known = counts.computeIfAbsent(kind(many), _ -> new Count(many, now));
    }
    known.since = known.more == 0 ? now : known.since;
    known.more++;
    return false;
  }

  /** What has been counted for long enough; all of it when {@code all}. */
  List<Counted> due(Instant now, boolean all) {
    List<Counted> due = new ArrayList<>();
    counts
        .values()
        .removeIf(
            count -> {
              boolean over = all || !count.opened.plus(window).isAfter(now);
              if (over && count.more > 0) {
                due.add(new Counted(count.note, count.more, count.since));
              }
              return over;
            });
    return due;
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  private boolean admits(Instant now) {
    if (!minute.plus(MINUTE).isAfter(now)) {
      minute = now;
      written = 0;
    }
    return written < perMinute && ++written > 0;
  }

  private static Kind kind(AuditNote note) {
    return new Kind(note.actor(), note.action(), note.target(), note.result(), note.rule());
  }

  /** Of too many kinds only the action is told: there are few of these. */
  private static AuditNote together(AuditNote note) {
    return new AuditNote(
        note.tenant(),
        "many",
        note.action(),
        "many",
        note.result(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }
}
