package io.signalbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.http.wire.Answer;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.notify.LinkCommand.Reply;
import io.signalbox.protocol.run.ApprovalView;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Pages for people who came by a link: no script, nothing from elsewhere, all text escaped. */
final class LinkPage {
  private static final List<HttpHeader> STRICT =
      List.of(
          RawHeader.create(
              "Content-Security-Policy",
              "default-src 'none'; style-src 'unsafe-inline'; form-action 'self';"
                  + " frame-ancestors 'none'; base-uri 'none'"),
          RawHeader.create("Referrer-Policy", "no-referrer"),
          RawHeader.create("X-Robots-Tag", "noindex"));

  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}"
          + "dt{font-weight:600;margin-top:.6rem}dd{margin:0}"
          + "pre{background:#f4f4f5;padding:1rem;overflow:auto;border-radius:.4rem}"
          + "textarea{width:100%}button{font:inherit;padding:.5rem 1.2rem;margin-right:1rem}"
          + ".no{color:#b00020}";

  private LinkPage() {}

  /** The question, and the form that answers it. */
  static Answer question(ApprovalView view, Reply.Good good, Optional<String> complaint) {
    StringBuilder body = new StringBuilder();
    body.append("<h1>").append(escaped(view.title())).append("</h1>");
    complaint.ifPresent(
        it -> body.append("<p class=\"no\" role=\"alert\">").append(escaped(it)).append("</p>"));
    body.append("<dl>");
    view.tool().ifPresent(it -> entry(body, "Tool", it));
    view.risk().ifPresent(it -> entry(body, "Risk", it));
    entry(body, "Requested by", view.requestedBy());
    String agent = view.details().path("agent").asText("");
    if (!agent.isEmpty()) {
      entry(body, "Agent", agent);
    }
    entry(body, "Run", view.run());
    entry(body, "Deadline", view.expires().map(Object::toString).orElse("none"));
    if (view.quorum() > 1) {
      entry(body, "Approvals", view.approvals() + " of " + view.quorum());
    }
    view.bound()
        .why()
        .ifPresent(
            why -> why.properties().forEach(it -> entry(body, it.getKey(), it.getValue().asText())));
    entry(body, "You decide as", good.principal());
    body.append("</dl>");
    body.append("<h2>").append(view.arguments().isPresent() ? "Arguments" : "Details");
    body.append("</h2><pre>").append(escaped(pretty(view.arguments().orElse(view.details()))));
    body.append("</pre><form method=\"post\"><p><label for=\"reason\">Reason");
    body.append(view.bound().reasonRequired() ? " (needed)" : "");
    body.append("</label><br><textarea id=\"reason\" name=\"reason\" rows=\"3\" maxlength=\"2000\"");
    body.append(view.bound().reasonRequired() ? " required" : "");
    body.append("></textarea></p><p>");
    body.append("<button name=\"decision\" value=\"approve\">Approve</button>");
    body.append("<button name=\"decision\" value=\"reject\">Reject</button></p></form>");
    return page(complaint.isPresent() ? 422 : 200, view.title(), body.toString());
  }

  /** Decided. */
  static Answer done(String word, String more) {
    String title = word.equals("approve") ? "Approved" : "Rejected";
    return page(
        200,
        title,
        "<h1>" + title + "</h1><p>Thank you. " + escaped(more) + " You can close this page.</p>");
  }

  /** Why there is nothing to decide. */
  static Answer sorry(int status, String title, String text) {
    return page(
        status, title, "<h1>" + escaped(title) + "</h1><p>" + escaped(text) + "</p>");
  }

  private static Answer page(int status, String title, String body) {
    String html =
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width\"><title>"
            + escaped(title)
            + "</title><style>"
            + STYLE
            + "</style></head><body>"
            + body
            + "</body></html>";
    return new Answer.Other(
        HttpResponse.create()
            .withStatus(status)
            .withEntity(ContentTypes.TEXT_HTML_UTF8, html)
            .addHeaders(STRICT));
  }

  private static void entry(StringBuilder body, String name, String value) {
    body.append("<dt>").append(escaped(name)).append("</dt><dd>").append(escaped(value));
    body.append("</dd>");
  }

  private static String pretty(JsonNode value) {
    try {
      return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
