package io.signalbox.boot;

import com.typesafe.config.Config;
import io.signalbox.boot.config.Arguments;
import io.signalbox.boot.config.BootSettings;
import io.signalbox.boot.config.Configuration;
import io.signalbox.boot.config.ConfigurationFault;
import io.signalbox.boot.postgres.Folders;
import io.signalbox.boot.telemetry.Logs;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Starts one node as a process of its own. Standard output gets one line, {@code ready
 * http://HOST:PORT}, once the node is ready; what goes wrong before that is told on standard error.
 */
public final class Main {
  private static final int WRONG_USAGE = 2;

  private Main() {}

  public static void main(String[] words) {
    PrintStream told =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream complaints =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    Arguments arguments;
    try {
      arguments = Arguments.parse(List.of(words));
    } catch (ConfigurationFault e) {
      complaints.println(e.getMessage());
      complaints.println(Arguments.USAGE);
      System.exit(WRONG_USAGE);
      return;
    }
    try {
      run(arguments, told, complaints);
    } catch (ConfigurationFault | IOException | RuntimeException e) {
      complaints.println("cannot start: " + e.getMessage());
      LoggerFactory.getLogger(Main.class).error("cannot start", e);
      System.exit(1);
    }
  }

  private static void run(Arguments arguments, PrintStream told, PrintStream complaints)
      throws ConfigurationFault, IOException {
    Config config = Configuration.load(arguments, System.getenv());
    BootSettings settings = BootSettings.from(config);
    Folders.passable(settings.data());
    boolean firstStart =
        settings.adminKey().isEmpty() && !Files.exists(AdminKey.file(settings.data()));
    Path log =
        Logs.start(
            settings.data().resolve("logs"),
            logName(arguments),
            settings.log(),
            arguments.foreground());
    Gateway gateway = Gateway.start(config, arguments);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(gateway::close));
    if (firstStart) {
      complaints.println(
          "admin key, kept in "
              + AdminKey.file(settings.data())
              + ": "
              + Files.readString(AdminKey.file(settings.data())).strip());
    }
    var _ =
        gateway
            .ready()
            .whenComplete(
                (ready, failure) -> {
                  if (failure == null) {
                    told.println("ready " + gateway.address());
                  } else {
                    complaints.println("cannot start: " + failure.getMessage() + "; see " + log);
                    System.exit(1);
                  }
                });
    var _ =
        gateway
            .ended()
            .thenRun(
                () -> {
                  if (!gateway.stopping()) {
                    complaints.println("the cluster shut this node down; see " + log);
                    Thread.ofPlatform().start(() -> System.exit(1));
                  }
                });
  }

  private static String logName(Arguments arguments) {
    return arguments.node() == 1 ? "signalbox" : "signalbox-" + arguments.node();
  }
}
