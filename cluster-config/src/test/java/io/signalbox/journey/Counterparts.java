package io.signalbox.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.signalbox.protocol.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Code of Slack, GitHub and Standard Webhooks from npm, asked whether it agrees with ours. */
final class Counterparts {
  private static final Path FOLDER = Path.of("src/test/counterparts").toAbsolutePath();

  private Counterparts() {}

  /** What the counterpart answers to the order. */
  static JsonNode ask(ObjectNode order) throws Exception {
    install();
    return Json.MAPPER.readTree(
        run(List.of("node", "counterparts.mjs"), order.toString()).strip());
  }

  private static synchronized void install() throws Exception {
    if (!Files.isDirectory(FOLDER.resolve("node_modules/standardwebhooks"))) {
      run(List.of("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"), "");
    }
  }

  private static String run(List<String> command, String input) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(FOLDER.toFile())
            .redirectErrorStream(false)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(command + " failed: " + said);
    }
    return said;
  }
}
