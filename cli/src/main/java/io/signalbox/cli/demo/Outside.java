package io.signalbox.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.cli.Connection;
import io.signalbox.cli.Gateway;
import io.signalbox.cli.Json;
import io.signalbox.cli.Pause;
import io.signalbox.cli.Trouble;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sandbox of GitHub, Jira and Slack, a process of its own. */
final class Outside {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final Child child;
  private final URI url;
  private final Gateway controls;

  private Outside(Child child, URI url) {
    this.child = child;
    this.url = url;
    this.controls = new Gateway(url, Optional.empty());
  }

  static Outside start(Place place, Stage stage) throws Trouble {
    Path home = Connection.home();
    Child child =
        Child.start(
            "sandbox",
            place.output("sandbox"),
            Map.of(),
            List.of(
                home.resolve("signalbox").toString(),
                "sandbox",
                "--port",
                "0",
                "--data",
                place.sandbox().toString(),
                "--seed",
                home.resolve("examples/compliance").toString()));
    URI url = URI.create(child.await("sandbox ready ", PATIENCE));
    stage.good(
        "sandbox of GitHub, Jira and Slack at "
            + url
            + " (process "
            + child.pid()
            + "): nothing leaves this machine");
    return new Outside(child, url);
  }

  URI url() {
    return url;
  }

  /** The next answer of this operation is kept back after its effect is stored. */
  void hold(String service, String operation) throws Trouble {
    controls.post(
        "/_sandbox/delay",
        Json.object()
            .put("service", service)
            .put("operation", operation)
            .put("untilReleased", true));
  }

  void awaitHeld(Duration patience) throws Trouble {
    long until = System.nanoTime() + patience.toNanos();
    while (controls.get("/_sandbox/held").path("items").isEmpty()) {
      if (System.nanoTime() > until) {
        throw Trouble.here("the call to Jira never came", "the run's history above says why");
      }
      Pause.of(LOOK);
    }
  }

  /** The answer that is kept back is lost for good. */
  void drop() throws Trouble {
    controls.post("/_sandbox/release", Json.object().put("drop", true));
  }

  /** All that was received, in order. */
  JsonNode received() throws Trouble {
    return controls.get("/_sandbox/received").path("items");
  }

  void stop() {
    controls.close();
    child.stop();
  }
}
