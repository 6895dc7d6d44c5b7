package io.signalbox.protocol.blob;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** Lets claims keep their kind in the journal, in snapshots and between nodes. */
public final class ClaimModule extends SimpleModule {
  private static final long serialVersionUID = 1L;
  private static final JsonDeserializer<? extends JsonNode> PLAIN =
      JsonNodeDeserializer.getDeserializer(JsonNode.class);

  public ClaimModule() {
    super("signalbox-claims");
    addSerializer(JsonNode.class, new Writing());
    addDeserializer(JsonNode.class, new Reading());
  }

  private static final class Writing extends StdSerializer<JsonNode> {
    private static final long serialVersionUID = 1L;

    Writing() {
      super(JsonNode.class);
    }

    @Override
    public void serialize(JsonNode node, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      ClaimText.escaped(node).serialize(out, provider);
    }
  }

  private static final class Reading extends StdDeserializer<JsonNode> {
    private static final long serialVersionUID = 1L;

    Reading() {
      super(JsonNode.class);
    }

    @Override
    public JsonNode deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return ClaimText.read(PLAIN.deserialize(parser, context));
    }

    @Override
    public JsonNode getNullValue(DeserializationContext context) throws JsonMappingException {
      return PLAIN.getNullValue(context);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
      return PLAIN.getAbsentValue(context);
    }
  }
}
