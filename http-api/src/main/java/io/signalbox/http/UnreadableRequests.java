package io.signalbox.http;

import io.signalbox.http.wire.Problem;
import io.signalbox.http.wire.Responses;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/** Answers requests that are not even HTTP as they should be, in the same form as all others. */
public final class UnreadableRequests extends ParsingErrorHandler {
  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    Problem problem = Problem.of(status.intValue(), "unreadable", status.reason(), error.summary());
    return Responses.render(problem.answer("/"));
  }
}
