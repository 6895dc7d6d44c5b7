package io.signalbox.runtime.view;

import com.fasterxml.jackson.core.type.TypeReference;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.view.ViewQuery.GetApproval;
import io.signalbox.protocol.view.ViewQuery.ListApprovals;
import io.signalbox.protocol.view.ViewQuery.Reply;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Pages of the list of approvals. */
final class ApprovalList {
  private static final TypeReference<ApprovalView> VIEW = new TypeReference<>() {};
  private static final List<String> KNOWN =
      List.of("open", "approved", "rejected", "expired", "withdrawn");

  private ApprovalList() {}

  static Reply page(Connection connection, ListApprovals query) throws SQLException {
    Page page = new Page("approval_view", "requested_at", query.tenant());
    query.status().ifPresent(status -> page.where("status = ?", status(status)));
    return page.read(
        connection,
        "body",
        query.limit(),
        query.cursor(),
        row -> Rows.json(row.getString("body"), VIEW),
        Reply.Approvals::new);
  }

  static Reply one(Connection connection, GetApproval query) throws SQLException {
    Page page = new Page("approval_view", "requested_at", query.tenant());
    page.where("id = ?", query.id());
    return page.read(
        connection,
        "body",
        1,
        Optional.empty(),
        row -> Rows.json(row.getString("body"), VIEW),
        Reply.Approvals::new);
  }

  private static String status(String text) {
    if (KNOWN.contains(text)) {
      return text;
    }
    throw BadQuery.of("/status", "must be one of " + String.join(", ", KNOWN));
  }
}
