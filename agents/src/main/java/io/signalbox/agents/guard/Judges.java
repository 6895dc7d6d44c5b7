package io.signalbox.agents.guard;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.guard.injection.DetectorDown;
import io.signalbox.agents.guard.sensitive.Hit;
import io.signalbox.agents.hands.egress.Egress;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.guard.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Classifiers and models elsewhere, asked by HTTP: {@code POST {"text", "stage"}} is answered by
 * {@code {"score"}} from 0 to 1, and a {@code label} if there is one.
 */
public final class Judges {
  private static final Duration USUAL = Duration.ofSeconds(5);

  private static final int MOST_BYTES = 64 * 1024;

  private final HttpClient client;
  private final Egress egress;
  private final Map<String, String> credentials;

  /**
   * Judges where calls may go.
   *
   * @param credentials values of the header Authorization, by the name a check gives
   */
  public Judges(HttpClient client, Egress egress, Map<String, String> credentials) {
    this.client = client;
    this.egress = egress;
    this.credentials = Map.copyOf(credentials);
  }

  List<Hit> find(JsonNode options, Stage stage, String text) throws DetectorDown {
    JsonNode answer = ask(options, stage, text);
    double score = answer.path("score").asDouble(-1);
    if (score < 0 || score > 1) {
      throw new DetectorDown("judge-unclear", "the judge gave no score from 0 to 1");
    }
    String label = answer.path("label").asText("judged").replaceAll("[^A-Za-z0-9._-]", "-");
    return score >= options.path("threshold").asDouble(0.5)
        ? List.of(
            new Hit(
                "judge", label.substring(0, Math.min(64, label.length())), 0, text.length(), score))
        : List.of();
  }

  private JsonNode ask(JsonNode options, Stage stage, String text) throws DetectorDown {
    String body = Json.object().put("text", text).put("stage", stage.text()).toString();
    Duration timeout =
        options.has("timeout") ? Duration.parse(options.get("timeout").asText()) : USUAL;
    URI judge = URI.create(options.path("url").asText());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(judge)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    String credential = credentials.get(options.path("credential").asText());
    if (credential != null) {
      request.header("Authorization", credential);
    }
    try (Egress.Pass _ = egress.pass(judge)) {
      HttpResponse<String> answer =
          client.send(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
      if (answer.statusCode() != 200) {
        throw new DetectorDown("judge-" + answer.statusCode(), "the judge did not judge");
      }
      return Json.MAPPER.readTree(answer.body());
    } catch (Setback e) {
      throw new DetectorDown("judge-refused", "the judge may not be asked: " + e.getMessage());
    } catch (IOException e) {
      throw new DetectorDown("judge-unreachable", "the judge cannot be asked: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DetectorDown("judge-interrupted", "nobody waits for the judge any more");
    }
  }
}
