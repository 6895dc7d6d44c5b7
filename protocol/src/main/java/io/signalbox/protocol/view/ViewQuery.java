package io.signalbox.protocol.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.protocol.Refusal;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.run.ApprovalView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** What the node's views can be asked; read from the journal, a moment behind it. */
public sealed interface ViewQuery {
  /** Runs, newest first; every given condition must hold. {@code label} is {@code key=value}. */
  record ListRuns(
      String tenant,
      Optional<String> status,
      Optional<String> namespace,
      Optional<String> workflow,
      Optional<String> label,
      Optional<String> text,
      Optional<Instant> from,
      Optional<Instant> to,
      boolean hidden,
      int limit,
      Optional<String> cursor,
      ActorRef<Reply> replyTo)
      implements ViewQuery {}

  /** Approvals, newest first. */
  record ListApprovals(
      String tenant,
      Optional<String> status,
      int limit,
      Optional<String> cursor,
      ActorRef<Reply> replyTo)
      implements ViewQuery {}

  /** One approval, open or settled; answered with a page of it or an empty one. */
  record GetApproval(String tenant, String id, ActorRef<Reply> replyTo) implements ViewQuery {}

  /**
   * History events of one run with numbers above {@code after}, in order, straight from its
   * journal.
   */
  record History(RunId run, long after, int limit, ActorRef<Reply> replyTo) implements ViewQuery {}

  /** The run's spans as one tree. */
  record Trace(RunId run, ActorRef<Reply> replyTo) implements ViewQuery {}

  /** Workflows started by time, the last deployed first. */
  record ListSchedules(String tenant, int limit, Optional<String> cursor, ActorRef<Reply> replyTo)
      implements ViewQuery {}

  /** In which namespace each of these runs lies; those that are not known are left out. */
  record Places(String tenant, List<String> runs, ActorRef<Reply> replyTo) implements ViewQuery {
    public Places {
      runs = List.copyOf(runs);
    }
  }

  /** How far the views are behind, for readiness. */
  record Lag(ActorRef<Reply> replyTo) implements ViewQuery {}

  /** The views' answers. */
  sealed interface Reply {
    record Runs(List<RunRow> items, Optional<String> nextCursor) implements Reply {
      public Runs {
        items = List.copyOf(items);
      }
    }

    record Approvals(List<ApprovalView> items, Optional<String> nextCursor) implements Reply {
      public Approvals {
        items = List.copyOf(items);
      }
    }

    /** Namespaces by run. */
    record Placed(Map<String, String> namespaces) implements Reply {
      public Placed {
        namespaces = Map.copyOf(namespaces);
      }
    }

    /** {@code ended}: the run has ended and these are the last events. */
    record Events(List<HistoryEvent> items, boolean ended) implements Reply {
      public Events {
        items = List.copyOf(items);
      }
    }

    record Schedules(List<ScheduleRow> items, Optional<String> nextCursor) implements Reply {
      public Schedules {
        items = List.copyOf(items);
      }
    }

    /** The root of the span tree, as served. */
    record Spans(JsonNode root) implements Reply {}

    /** Journal rows not yet in the views. */
    record Behind(long rows) implements Reply {}

    record Refused(Refusal refusal) implements Reply {}
  }

  /** A line of the list of runs. */
  record RunRow(
      String id,
      String namespace,
      String workflow,
      String version,
      String status,
      Map<String, String> labels,
      Instant startedAt,
      Optional<Instant> endedAt,
      List<String> waitingFor) {
    public RunRow {
      labels = Map.copyOf(labels);
      waitingFor = List.copyOf(waitingFor);
    }
  }

  /**
   * A workflow that is started by time.
   *
   * @param kind {@code cron}, {@code every} or {@code after}
   * @param expression the cron expression, or the duration in ISO 8601
   * @param nextAt absent while the run before has not ended ({@code after})
   * @param lastAt for which moment it was started last, and {@code lastRun} the run
   */
  record ScheduleRow(
      WorkflowRef workflow,
      String kind,
      String expression,
      Optional<Instant> nextAt,
      Optional<Instant> lastAt,
      Optional<String> lastRun) {}

  /** One event of a run's history. */
  record HistoryEvent(long seq, Instant time, String type, String task, JsonNode data) {}
}
