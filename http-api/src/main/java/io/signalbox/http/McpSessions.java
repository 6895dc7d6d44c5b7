package io.signalbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.signalbox.http.mcp.McpSession;
import io.signalbox.http.mcp.Modern;
import io.signalbox.http.mcp.Rpc;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Responses;
import io.signalbox.protocol.mcp.McpSessionCommand;
import io.signalbox.protocol.mcp.McpSessionCommand.Frame;
import io.signalbox.protocol.mcp.McpSessionCommand.Reply;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.CompletionStrategy;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** The sessions of MCP clients, wherever in the cluster they live, and their streams. */
final class McpSessions {
  private static final Pattern ID = Pattern.compile("mcp-[0-9a-f]{32}");
  private static final int BUFFER = 1000;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Frame TICK = new Frame.Event("", Optional.empty());
  private static final ByteString HEARTBEAT = ByteString.fromString(": still here\n\n");

  private final ActorSystem<?> system;
  private final HttpSettings settings;

  /** What a session is asked. */
  @FunctionalInterface
  interface Order {
    McpSessionCommand to(ActorRef<Reply> replyTo);
  }

  /** What is done with its reply. */
  @FunctionalInterface
  interface Then {
    CompletionStage<Answer> with(Reply reply);
  }

  /** A stream to be answered with, and where its messages go in. */
  record Stream(ActorRef<Frame> sink, Source<Frame, NotUsed> source) {}

  McpSessions(ActorSystem<?> system, HttpSettings settings) {
    this.system = system;
    this.settings = settings;
    McpSession.shard(system, settings.mcp());
  }

  /** One that cannot exist is gone. */
  CompletionStage<Reply> ask(Call call, String session, Order order) {
    return ID.matcher(session).matches()
        ? entity(call.tenant(), session).ask(order::to, settings.patience())
        : CompletableFuture.completedStage(new Reply.Gone());
  }

  EntityRef<McpSessionCommand> entity(String tenant, String session) {
    return ClusterSharding.get(system).entityRefFor(McpSessionCommand.KEY, tenant + "|" + session);
  }

  CompletionStage<Answer> listen(Call call, String session, Optional<String> after) {
    Stream stream = stream();
    return ask(
            call, session, to -> new McpSessionCommand.Listen(call.by(), after, stream.sink(), to))
        .thenCompose(
            reply ->
                reply instanceof Reply.There
                    ? CompletableFuture.completedStage(events(stream))
                    : gone(stream));
  }

  CompletionStage<Answer> gone(Stream stream) {
    drop(stream);
    return McpAnswers.error(
        404,
        MissingNode.getInstance(),
        Rpc.INVALID_REQUEST,
        "there is no such session; initialize anew");
  }

  Stream stream() {
    Pair<org.apache.pekko.actor.ActorRef, Source<Object, NotUsed>> made =
        Source.actorRef(
                message ->
                    message instanceof Frame.End
                        ? Optional.of(CompletionStrategy.draining())
                        : Optional.empty(),
                _ -> Optional.<Throwable>empty(),
                BUFFER,
                OverflowStrategy.fail())
            .preMaterialize(system);
    return new Stream(Adapter.toTyped(made.first()), made.second().map(Frame.class::cast));
  }

  /** An id for a session. */
  static String fresh() {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    return "mcp-" + HexFormat.of().formatHex(random);
  }

  /**
   * The answer to a request of the stateless revision: a document where the response comes alone
   * and soon, else a stream without numbers, since nobody can come back to it.
   */
  CompletionStage<Answer> direct(Stream stream) {
    Source<Frame, NotUsed> ticking =
        stream
            .source()
            .merge(Source.<Frame>single(TICK).initialDelay(SOON).concat(Source.maybe()), true)
            .mapMaterializedValue(_ -> NotUsed.getInstance());
    return ticking
        .prefixAndTail(1)
        .runWith(org.apache.pekko.stream.javadsl.Sink.head(), system)
        .thenApply(
            parts -> {
              Optional<JsonNode> alone =
                  parts.first().stream()
                      .flatMap(
                          it ->
                              it instanceof Frame.Event e
                                  ? e.data().stream()
                                  : java.util.stream.Stream.<JsonNode>empty())
                      .filter(it -> !it.has("method"))
                      .findFirst();
              if (alone.isPresent()) {
                parts.second().runWith(org.apache.pekko.stream.javadsl.Sink.cancelled(), system);
                return McpAnswers.json(Modern.status(alone.get()), alone.get()).done();
              }
              return open(Source.from(parts.first()).concat(parts.second()));
            });
  }

  /** One message, and then a stream that stays open until the client goes. */
  Answer still(JsonNode first) {
    return open(
        Source.<Frame>single(new Frame.Event("", Optional.of(first))).concat(Source.maybe()));
  }

  private Answer open(Source<Frame, NotUsed> frames) {
    Source<ByteString, NotUsed> bytes =
        frames
            .map(
                frame ->
                    frame instanceof Frame.Event event && event.data().isPresent()
                        ? ByteString.fromString("data: ")
                            .concat(ByteString.fromArrayUnsafe(Responses.bytes(event.data().get())))
                            .concat(ByteString.fromString("\n\n"))
                        : HEARTBEAT)
            .keepAlive(settings.heartbeat(), () -> HEARTBEAT);
    return new Answer.Other(
        HttpResponse.create()
            .addHeader(RawHeader.create("X-Accel-Buffering", "no"))
            .withEntity(
                HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), bytes)));
  }

  /** A stream that nobody will read. */
  void drop(Stream stream) {
    stream.source().runWith(org.apache.pekko.stream.javadsl.Sink.cancelled(), system);
  }

  Answer events(Stream stream) {
    long retry = settings.mcp().retry().toMillis();
    Source<ByteString, NotUsed> bytes =
        stream
            .source()
            .map(frame -> frame instanceof Frame.Event event ? text(event, retry) : HEARTBEAT)
            .keepAlive(settings.heartbeat(), () -> HEARTBEAT);
    return new Answer.Other(
        HttpResponse.create()
            .withEntity(
                HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), bytes)));
  }

  private static ByteString text(Frame.Event event, long retry) {
    String head = "id: " + event.id() + "\n";
    return ByteString.fromString(
        event
            .data()
            .map(
                it ->
                    "event: message\n"
                        + head
                        + "data: "
                        + new String(Responses.bytes(it), StandardCharsets.UTF_8)
                        + "\n\n")
            .orElseGet(() -> head + "retry: " + retry + "\ndata: \n\n"));
  }
}
