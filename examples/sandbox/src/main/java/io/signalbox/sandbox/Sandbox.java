package io.signalbox.sandbox;

import io.signalbox.sandbox.github.GitHub;
import io.signalbox.sandbox.github.PullRequests;
import io.signalbox.sandbox.jira.Jira;
import io.signalbox.sandbox.slack.Slack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Starts the sandbox: {@code --port N --data DIR --seed DIR [--token TEXT]}. */
public final class Sandbox {
  /** What credentials must hold; a stand-in needs no secret. */
  public static final String TOKEN = "sandbox";

  private Sandbox() {}

  /** Serves until the process is ended; prints one line once it is ready. */
  public static void main(String[] args) throws IOException {
    int port = 7430;
    Path data = Path.of("sandbox-data");
    Path seed = Path.of(".");
    String token = TOKEN;
    for (int i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--port" -> port = Integer.parseInt(args[i + 1]);
        case "--data" -> data = Path.of(args[i + 1]);
        case "--seed" -> seed = Path.of(args[i + 1]);
        case "--token" -> token = args[i + 1];
        default -> usage();
      }
    }
    if (args.length % 2 != 0) {
      usage();
    }
    SandboxServer server = start(port, data, seed, token);
    System.out.println("sandbox ready " + server.url());
  }

  /** Starts serving all stand-ins; port 0 takes any free one. */
  public static SandboxServer start(int port, Path data, Path seed, String token)
      throws IOException {
    Journal journal = Journal.open(data);
    return SandboxServer.start(
        port,
        journal,
        List.of(
            new GitHub(token, PullRequests.read(seed), journal),
            new Jira(token, journal),
            new Slack(token, journal)));
  }

  private static void usage() {
    System.err.println(
        "usage: sandbox [--port N] [--data DIR] [--seed DIR with NAME.json and NAME.diff] [--token TEXT]");
    System.exit(2);
  }
}
