package io.signalbox.protocol.blob;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.Optional;

/**
 * Stands for a large JSON value that is kept in the blob table. Within a tree it is a node of a
 * kind of its own, so that nothing a definition or a client writes can ever be one.
 *
 * @param digest hex SHA-256 of the value's JSON bytes
 * @param bytes their number
 */
public record Claim(String digest, long bytes) implements JsonSerializable {
  static final String MARK = "~claim";
  static final String BYTES = "bytes";

  /** The node that stands for the value. */
  public JsonNode node() {
    return new POJONode(this);
  }

  /** The claim that a node is, if it is one. */
  public static Optional<Claim> of(JsonNode node) {
    return node instanceof POJONode pojo && pojo.getPojo() instanceof Claim claim
        ? Optional.of(claim)
        : Optional.empty();
  }

  @Override
  public void serialize(JsonGenerator out, SerializerProvider provider) throws IOException {
    if (out instanceof TokenBuffer) { // on its way into another tree, where it stays what it is
      out.writeEmbeddedObject(node());
      return;
    }
    out.writeStartObject();
    out.writeStringField(MARK, digest);
    out.writeNumberField(BYTES, bytes);
    out.writeEndObject();
  }

  @Override
  public void serializeWithType(
      JsonGenerator out, SerializerProvider provider, TypeSerializer types) throws IOException {
    serialize(out, provider);
  }
}
