package io.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.sandbox.Answer;
import io.signalbox.sandbox.Json;

/** GitHub's error answers. */
final class Errors {
  private Errors() {}

  static Answer of(int status, String message) {
    return Answer.json(status, body(status, message));
  }

  static Answer notFound() {
    return of(404, "Not Found");
  }

  /** 422 as for a field with a bad value. */
  static Answer invalid(String resource, String code, String field, String message) {
    ObjectNode body = body(422, "Validation Failed");
    ObjectNode error = body.putArray("errors").addObject();
    error.put("resource", resource).put("code", code).put("field", field).put("message", message);
    return Answer.json(422, body);
  }

  private static ObjectNode body(int status, String message) {
    return Json.object()
        .put("message", message)
        .put("documentation_url", "https://docs.github.com/rest")
        .put("status", Integer.toString(status));
  }
}
