package io.signalbox.bench.governance;

import io.signalbox.bench.kit.Server;
import io.signalbox.bench.kit.Wire;
import java.io.IOException;

/** Two tools that do the same: one under all there is of governance, one under none of it. */
final class Setting {
  static final String GOVERNED = "governed";
  static final String FREE = "free";
  private static final String CALL = "signalbox";

  private Setting() {}

  /**
   * Puts tools, policies, budgets, guardrails and roles; answers with the secret of a narrow key.
   */
  static String make(Server server, String outside) throws IOException {
    try (Wire admin = server.connect()) {
      put(
          admin,
          "/v1/tools/" + FREE,
          """
          {"kind": "http", "description": "Notes an order", "risk": "write", "onUnknownOutcome": "idempotent",
           "parameters": {"type": "object"}, "config": {"method": "post", "url": "%s/note"}}"""
              .formatted(outside));
      put(
          admin,
          "/v1/tools/" + GOVERNED,
          """
          {"kind": "http", "description": "Notes an order", "risk": "write", "onUnknownOutcome": "idempotent",
           "parameters": {"type": "object", "required": ["order", "note"], "additionalProperties": false,
             "properties": {"order": {"type": "integer", "minimum": 1}, "to": {"type": "string", "maxLength": 100},
               "note": {"type": "string", "maxLength": 2000}}},
           "result": {"type": "object", "required": ["ok"], "properties": {"ok": {"type": "boolean"}}},
           "taint": {"results": "untrusted", "outside": true, "arguments": {"to": "destination", "note": "payload"}},
           "config": {"method": "post", "url": "%s/note"}}"""
              .formatted(outside));
      put(
          admin,
          "/v1/policies/orders",
          """
          {"rules": [
            {"id": "huge", "effect": "deny", "tools": ["governed"], "when": "arguments.order > 1000000"},
            {"id": "outside", "effect": "deny", "tools": ["governed"], "when": "arguments.to.endsWith('@elsewhere.example')"},
            {"id": "clerks", "effect": "allow", "tools": ["governed"], "when": "'clerk' in principal.roles && arguments.order > 0"}]}""");
      budget(admin, "by-tool", "{\"tool\": \"governed\"}");
      budget(admin, "by-run-space", "{\"tool\": \"governed\", \"namespace\": \"" + CALL + "\"}");
      budget(admin, "by-key", "{\"tool\": \"governed\", \"key\": \"service:bench\"}");
      put(
          admin,
          "/v1/guardrails/all",
          """
          {"tools": ["governed"], "checks": [
            {"detector": "secret", "on": ["arguments", "result"], "action": "block"},
            {"detector": "card", "on": ["arguments", "result"], "action": "block"},
            {"detector": "personal", "on": ["result"], "action": "redact"}]}""");
      put(
          admin,
          "/v1/roles/clerk",
          """
          {"permissions": ["tool:governed:call"], "members": ["service:bench"]}""");
      Wire.Answer key =
          admin.post(
              "/v1/keys",
              """
              {"principal": "service:bench", "roles": ["clerk"], "scopes": ["tool:governed:call"]}""",
              "application/json");
      check(key, "/v1/keys");
      String before = "\"secret\":\"";
      int at = key.body().indexOf(before) + before.length();
      return key.body().substring(at, key.body().indexOf('"', at));
    }
  }

  private static void budget(Wire admin, String name, String scope) throws IOException {
    put(
        admin,
        "/v1/budgets/" + name,
        """
        {"scope": %s, "limits": {"calls": 100000000, "tokens": 100000000, "money": 100000, "time": "P100D"}, "period": "P1D"}"""
            .formatted(scope));
  }

  private static void put(Wire admin, String path, String body) throws IOException {
    check(admin.put(path, body), path);
  }

  private static void check(Wire.Answer answer, String path) throws IOException {
    if (answer.status() >= 300) {
      throw new IOException(path + " was refused: " + answer);
    }
  }
}
