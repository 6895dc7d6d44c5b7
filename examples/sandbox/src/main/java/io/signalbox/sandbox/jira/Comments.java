package io.signalbox.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Answer;
import io.signalbox.sandbox.Effect;
import io.signalbox.sandbox.Journal;
import io.signalbox.sandbox.Json;
import io.signalbox.sandbox.Routes.Match;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Comments on issues, with their properties where {@code expand=properties} asks for them. */
final class Comments {
  private static final String KIND = "jira.comment";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ");

  private final Journal journal;

  Comments(Journal journal) {
    this.journal = journal;
  }

  Answer list(Match match, Issue issue) {
    boolean properties = match.request().parameter("expand").orElse("").contains("properties");
    int start =
        match
            .request()
            .parameter("startAt")
            .filter(it -> it.matches("[0-9]{1,6}"))
            .map(Integer::parseInt)
            .orElse(0);
    int most = match.request().number("maxResults", 5000, 5000);
    List<Effect> found =
        journal.effects(KIND).stream().filter(one -> one.has("issue", issue.key())).toList();
    if (match.request().parameter("orderBy").orElse("").equals("-created")) {
      found = found.reversed();
    }
    ObjectNode body = Json.object();
    body.put("startAt", start).put("maxResults", most).put("total", found.size());
    ArrayNode list = body.putArray("comments");
    for (Effect one : found.stream().skip(start).limit(most).toList()) {
      ObjectNode comment = one.data().deepCopy();
      comment.remove("issue");
      if (!properties) {
        comment.remove("properties");
      }
      list.add(comment);
    }
    return Answer.json(200, body);
  }

  Answer create(Match match, Issue issue) {
    JsonNode body = match.request().json();
    if (body.path("body").isMissingNode()) {
      return Errors.field("comment", "Comment body can not be empty!");
    }
    if (!Creation.isDocument(body.path("body"))) {
      return Errors.message(400, "Comment body is not valid!");
    }
    String id = Long.toString(20001 + journal.count());
    String now = OffsetDateTime.now(ZoneOffset.UTC).format(TIME);
    ObjectNode comment = Json.object();
    comment.put(
        "self", match.request().base() + "/rest/api/3/issue/" + issue.id() + "/comment/" + id);
    comment.put("id", id).set("author", Jira.user());
    comment.set("body", body.path("body"));
    comment.put("created", now).put("updated", now).put("jsdPublic", true);
    ObjectNode kept = comment.deepCopy().put("issue", issue.key());
    kept.set("properties", body.path("properties"));
    return Answer.json(201, comment).causing(new Effect(KIND, kept));
  }
}
