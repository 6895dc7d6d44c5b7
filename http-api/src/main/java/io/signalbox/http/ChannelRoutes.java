package io.signalbox.http;

import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Fields;
import io.signalbox.http.wire.Names;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.approval.Channel;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Channels that tell people what they are asked; for administrators. */
final class ChannelRoutes {
  private static final String KIND = "channel";

  private final Rooms rooms;
  private final Named channels;

  ChannelRoutes(Rooms rooms) {
    this.rooms = rooms;
    this.channels = new Named(rooms, KIND);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/channels", channels::list).admin(),
        Endpoint.get("/v1/channels/{name}", channels::get).admin(),
        Endpoint.put("/v1/channels/{name}", this::put).admin(),
        Endpoint.delete("/v1/channels/{name}", channels::delete).admin());
  }

  private CompletionStage<Answer> put(Call call) {
    String name = Names.take(KIND, call.path("name"));
    Fields fields = Fields.of(call.json());
    Named.header(fields, name);
    Channel channel = ChannelBody.read(name, fields);
    fields.check();
    return rooms
        .catalog()
        .ask(
            CatalogReply.Kept.class,
            to -> new CatalogCommand.Put(call.tenant(), KIND, name, Json.tree(channel), to))
        .thenApply(channels::kept);
  }
}
