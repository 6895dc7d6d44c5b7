package io.signalbox.runtime.view;

import io.signalbox.protocol.RunId;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.Fact;
import io.signalbox.protocol.run.Turn;
import io.signalbox.runtime.storage.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The messages that follow from a batch of the journal: they are due once the batch is, neither
 * earlier nor twice.
 */
final class NotificationProjection {
  private final Columns due = new Columns(6);
  private final Columns over = new Columns(2);

  /** One more turn of a run; {@code before} and {@code after} are what the views show of it. */
  void apply(RunId run, Turn turn, RunProjection before, RunProjection after) {
    if (turn.copiedFrom().isPresent()) {
      return; // those who were asked by the other run are not told again
    }
    for (Fact fact : turn.facts()) {
      switch (fact) {
        case Fact.ApprovalRequested it -> add(run, it.approvalId(), it.channels(), "asked", 0);
        case Fact.ApprovalEscalated it ->
            add(
                run,
                it.approvalId(),
                Optional.ofNullable(after.approvals().get(it.approvalId()))
                    .filter(view -> view.escalate().size() >= it.step())
                    .flatMap(view -> view.escalate().get(it.step() - 1).channels())
                    .orElse(List.of()),
                "escalated",
                it.step());
        default -> {} // other facts tell nobody
      }
    }
    for (ApprovalView view : after.approvals().values()) {
      ApprovalView was = before.approvals().get(view.id());
      boolean wasOpen = was == null || was.status().equals("open");
      if (wasOpen && !view.status().equals("open")) {
        over.add(run.tenant(), view.id());
      }
    }
  }

  private void add(RunId run, String approval, List<String> channels, String what, int step) {
    for (String channel : channels) {
      due.add(run.tenant(), run.id(), approval, channel, what, Integer.toString(step));
    }
  }

  void store(Connection connection) throws SQLException {
    due.execute(
        connection,
        """
        insert into notification (tenant, run, approval, channel, what, step)
        select tenant, run, approval, channel, what, cast(step as integer)
        from %s as row (tenant, run, approval, channel, what, step)
        on conflict do nothing
        """);
    over.execute(
        connection,
        """
        insert into notification (tenant, run, approval, channel, recipient, what, step)
        select n.tenant, n.run, n.approval, n.channel, n.recipient, 'settled', n.step
        from %s as row (tenant, approval)
        join notification n on n.tenant = row.tenant and n.approval = row.approval
         and n.what <> 'settled'
        on conflict do nothing
        """);
  }
}
