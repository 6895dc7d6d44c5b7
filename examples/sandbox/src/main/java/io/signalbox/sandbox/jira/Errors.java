package io.signalbox.sandbox.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Answer;
import io.signalbox.sandbox.Json;

/** Jira's error answers: messages, or errors by field. */
final class Errors {
  private Errors() {}

  static Answer message(int status, String message) {
    ObjectNode body = Json.object();
    body.putArray("errorMessages").add(message);
    body.putObject("errors");
    return Answer.json(status, body);
  }

  static Answer field(String field, String message) {
    ObjectNode body = Json.object();
    body.putArray("errorMessages");
    body.putObject("errors").put(field, message);
    return Answer.json(400, body);
  }

  static Answer noSuchIssue() {
    return message(404, "Issue does not exist or you do not have permission to see it.");
  }
}
