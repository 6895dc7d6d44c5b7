package io.signalbox.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.type.ReferenceType;
import java.io.IOException;
import java.util.Optional;

/**
 * Keeps the difference between an absent JSON value and the JSON value {@code null}, in storage as
 * between nodes: without it an absent {@code Optional<JsonNode>} is read back as a present null.
 */
public final class JsonModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  public JsonModule() {
    super("signalbox");
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    ObjectMapper mapper = context.getOwner();
    mapper.setDefaultPropertyInclusion(
        JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS));
    context.addBeanDeserializerModifier(new OptionalTrees());
  }

  private static final class OptionalTrees extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> modifyReferenceDeserializer(
        DeserializationConfig config,
        ReferenceType type,
        BeanDescription description,
        JsonDeserializer<?> deserializer) {
      boolean tree =
          type.hasRawClass(Optional.class) && type.getReferencedType().hasRawClass(JsonNode.class);
      return tree ? new OptionalTree() : deserializer;
    }
  }

  private static final class OptionalTree extends StdDeserializer<Optional<JsonNode>> {
    private static final long serialVersionUID = 1L;

    OptionalTree() {
      super(Optional.class);
    }

    @Override
    public Optional<JsonNode> deserialize(JsonParser parser, DeserializationContext context)
        throws IOException, JacksonException {
      return Optional.of(context.readTree(parser));
    }

    @Override
    public Optional<JsonNode> getNullValue(DeserializationContext context) {
      return Optional.of(NullNode.getInstance());
    }

    @Override
    public Optional<JsonNode> getAbsentValue(DeserializationContext context) {
      return Optional.empty();
    }
  }
}
