package io.signalbox.http;

import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.RunId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An approval's id is its run's id, a dash and the history number of the question. */
final class ApprovalIds {
  private static final Pattern ID = Pattern.compile("([A-Za-z0-9._-]{1,128})-\\d{1,18}");

  private ApprovalIds() {}

  /** The run that asks. */
  static RunId run(String tenant, String id) {
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      throw Problem.notFound("there is no approval of that id");
    }
    return new RunId(tenant, parts.group(1));
  }
}
