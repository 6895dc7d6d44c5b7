package io.signalbox.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every request for good, one JSON line each, on disk before it is answered. */
public final class Journal implements AutoCloseable {
  private static final String ANSWERED = "answered";

  private final FileChannel file;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Map<Long, String> answers = new ConcurrentHashMap<>();

  private Journal(FileChannel file) {
    this.file = file;
  }

  /** Opens the journal of a folder, with what was received before. */
  public static Journal open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path path = folder.resolve("received.jsonl");
    List<String> lines = Files.exists(path) ? Files.readAllLines(path) : List.of();
    Journal journal =
        new Journal(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    for (String line : lines) {
      JsonNode node = Json.parse(line);
      if (node.has(ANSWERED)) {
        journal.answers.put(node.path(ANSWERED).asLong(), node.path("how").asText());
      } else if (node.has("seq")) {
        journal.received.add(Received.read(node));
      }
    }
    return journal;
  }

  long next() {
    return received.size() + 1L;
  }

  void add(Received one) {
    append(one.json());
    received.add(one);
  }

  /** How the answer fared: {@code delivered} or {@code lost}. */
  void answered(long seq, String how) {
    ObjectNode line = Json.object();
    append(line.put(ANSWERED, seq).put("how", how));
    answers.put(seq, how);
  }

  /** Everything of one kind that was ever brought about, oldest first. */
  public List<Effect> effects(String kind) {
    List<Effect> found = new ArrayList<>();
    for (Received one : received) {
      one.effects().stream().filter(effect -> effect.kind().equals(kind)).forEach(found::add);
    }
    return found;
  }

  /** How many effects there are of all kinds; gives new ids their number. */
  public long count() {
    return received.stream().mapToLong(one -> one.effects().size()).sum();
  }

  ArrayNode list() {
    ArrayNode list = Json.array();
    received.forEach(
        one -> list.add(one.json().put("answer", answers.getOrDefault(one.seq(), "held"))));
    return list;
  }

  private synchronized void append(JsonNode line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap((Json.text(line) + "\n").getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
