package io.signalbox.runtime.catalog;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.catalog.Resource;
import io.signalbox.protocol.definition.Definition;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.definition.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Workflows that every tenant has without deploying them, in a namespace of their own. */
record BuiltIn(List<Entry> entries) {
  static final String NAMESPACE = "signalbox";
  private static final List<String> FILES = List.of("ask-agent.json", "call-tool.json");

  BuiltIn {
    entries = List.copyOf(entries);
  }

  record Entry(Definition definition, Resource resource) {}

  static BuiltIn read(DefinitionReader reader) {
    return new BuiltIn(FILES.stream().map(file -> entry(reader, file)).toList());
  }

  Optional<Entry> named(String name) {
    return entries.stream().filter(it -> it.resource().name().equals(name)).findFirst();
  }

  Optional<Definition> byDigest(String digest) {
    return entries.stream()
        .map(Entry::definition)
        .filter(it -> it.digest().equals(digest))
        .findFirst();
  }

  private static Entry entry(DefinitionReader reader, String file) {
    try (InputStream in = BuiltIn.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("missing from the build: " + file);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return switch (reader.readAgain(Json.MAPPER.readTree(text))) {
        case Reading.Valid(Definition definition) ->
            new Entry(definition, resource(definition, text));
        case Reading.Faulty faulty ->
            throw new IllegalStateException(file + ": " + faulty.faults());
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Resource resource(Definition definition, String text) {
    return new Resource(
        "workflow",
        NAMESPACE,
        definition.ref().name(),
        definition.ref().version(),
        definition.digest(),
        definition.source(),
        text,
        Instant.EPOCH);
  }
}
