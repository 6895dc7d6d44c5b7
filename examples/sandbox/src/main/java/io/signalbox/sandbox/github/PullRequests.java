package io.signalbox.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.sandbox.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pull requests that this GitHub knows; each is a webhook payload with its diff beside it. */
public final class PullRequests {
  /** One pull request; {@code body} is its object as the webhook carries it. */
  record PullRequest(String repository, int number, JsonNode body, UnifiedDiff diff) {
    boolean hasCommit(String sha) {
      return body.at("/head/sha").asText().equals(sha) || body.at("/base/sha").asText().equals(sha);
    }
  }

  private final List<PullRequest> all;

  private PullRequests(List<PullRequest> all) {
    this.all = List.copyOf(all);
  }

  /** Reads every {@code NAME.json} of a folder that has a {@code NAME.diff} beside it. */
  public static PullRequests read(Path folder) throws IOException {
    List<PullRequest> all = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.sorted().toList();
    }
    for (Path file : files) {
      String name = file.toString();
      Path diff = Path.of(name.replaceFirst("\\.json$", ".diff"));
      if (name.endsWith(".json") && Files.exists(diff)) {
        JsonNode payload = Json.parse(Files.readString(file));
        all.add(
            new PullRequest(
                payload.at("/repository/full_name").asText(),
                payload.path("number").asInt(),
                payload.path("pull_request"),
                new UnifiedDiff(Files.readString(diff))));
      }
    }
    return new PullRequests(all);
  }

  Optional<PullRequest> find(String repository, String number) {
    return all.stream()
        .filter(pull -> pull.repository().equalsIgnoreCase(repository))
        .filter(pull -> Integer.toString(pull.number()).equals(number))
        .findFirst();
  }

  boolean knows(String repository) {
    return all.stream().anyMatch(pull -> pull.repository().equalsIgnoreCase(repository));
  }

  boolean knowsCommit(String repository, String sha) {
    return all.stream()
        .filter(pull -> pull.repository().equalsIgnoreCase(repository))
        .anyMatch(pull -> pull.hasCommit(sha));
  }
}
