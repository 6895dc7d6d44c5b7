package io.signalbox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What a person gives to read: a file, standard input ({@code -}), or JSON on the spot. */
final class Input {
  private Input() {}

  static String file(String name) throws Trouble {
    try {
      return name.equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(name));
    } catch (NoSuchFileException e) {
      throw Trouble.here("there is no file " + name, "check the path");
    } catch (IOException e) {
      throw Trouble.here("cannot read " + name + ": " + e.getMessage(), "check the file");
    }
  }

  /** JSON itself, {@code @FILE}, or {@code -}. */
  static JsonNode json(String given) throws Trouble {
    if (given.equals("-")) {
      return Json.parse(file("-"), "standard input");
    }
    if (given.startsWith("@")) {
      return Json.parse(file(given.substring(1)), given.substring(1));
    }
    return Json.parse(given, "the input");
  }
}
