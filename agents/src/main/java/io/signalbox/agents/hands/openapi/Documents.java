package io.signalbox.agents.hands.openapi;

import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.agents.hands.web.Authorization;
import io.signalbox.agents.hands.web.Fetch;
import io.signalbox.agents.hands.web.Talk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.pekko.util.ByteString;

/** Loads OpenAPI documents, each once at a time, and keeps them for a while. */
public final class Documents {
  private final OpenApiSettings settings;
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private static final class Entry {
    final ReentrantLock loading = new ReentrantLock();
    Optional<Document> document = Optional.empty();
    Instant until = Instant.MIN;
  }

  public Documents(OpenApiSettings settings) {
    this.settings = settings;
  }

  /**
   * The document at this address.
   *
   * @param asker tells apart those who may see different documents at the same address
   */
  public Document get(Talk talk, URI address, String asker, Authorization authorization)
      throws Setback {
    var entry = entry(asker + " " + address);
    talk.lock(entry.loading);
    try {
      if (entry.document.isEmpty() || !talk.now().isBefore(entry.until)) {
        entry.document = Optional.of(Document.read(address, bytes(talk, address, authorization)));
        entry.until = talk.now().plus(settings.keep());
      }
      return entry.document.get();
    } finally {
      entry.loading.unlock();
    }
  }

  private ByteString bytes(Talk talk, URI address, Authorization authorization) throws Setback {
    var bytes =
        "file".equalsIgnoreCase(address.getScheme())
            ? file(address)
            : Fetch.get(talk, address, authorization, "the OpenAPI document");
    if (bytes.size() > settings.maxBytes()) {
      throw Document.broken("it is longer than " + settings.maxBytes() + " bytes");
    }
    return bytes;
  }

  private ByteString file(URI address) throws Setback {
    try {
      var file = Path.of(address).toRealPath();
      for (var folder : settings.folders()) {
        if (file.startsWith(folder.toRealPath())) {
          if (Files.size(file) > settings.maxBytes()) {
            throw Document.broken("it is longer than " + settings.maxBytes() + " bytes");
          }
          return ByteString.fromArrayUnsafe(Files.readAllBytes(file));
        }
      }
      throw Document.broken(
          "it lies in no folder of signalbox.agents.hands.openapi.folders, where files may be"
              + " read");
    } catch (IOException | IllegalArgumentException e) {
      throw Document.broken("the file cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private Entry entry(String key) {
    synchronized (entries) {
      var entry = entries.computeIfAbsent(key, _ -> new Entry());
      if (entries.size() > settings.most()) {
        var oldest = entries.keySet().iterator();
        oldest.next();
        oldest.remove();
      }
      return entry;
    }
  }
}
