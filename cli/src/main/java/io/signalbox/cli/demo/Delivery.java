package io.signalbox.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.Json;
import io.signalbox.cli.Trouble;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook as GitHub sends it, signed with the hook's secret. */
record Delivery(String id, String body, String signature) {
  static Delivery of(Path payload, String secret) throws Trouble {
    try {
      String body = Files.readString(payload);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return new Delivery(
          UUID.randomUUID().toString(),
          body,
          "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8))));
    } catch (IOException | GeneralSecurityException e) {
      throw Trouble.here("cannot read " + payload + ": " + e.getMessage(), "check the repository");
    }
  }

  /** Sends it; the answer's status must be 202. */
  JsonNode send(URI server) throws Trouble {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/v1/hooks/github"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("User-Agent", "GitHub-Hookshot/sandbox")
            .header("X-GitHub-Event", "pull_request")
            .header("X-GitHub-Delivery", id)
            .header("X-Hub-Signature-256", signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 202) {
        throw Trouble.here(
            "the delivery was answered " + response.statusCode() + ": " + response.body(),
            "see the server's log");
      }
      return Json.parse(response.body(), "the answer to the delivery");
    } catch (IOException e) {
      throw Trouble.here("the delivery found no server: " + e, "see the server's log");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Trouble.here("interrupted", "start the demo again");
    }
  }
}
