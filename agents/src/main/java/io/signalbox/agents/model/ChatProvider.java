package io.signalbox.agents.model;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.signalbox.agents.hands.egress.Egress;
import io.signalbox.protocol.agent.ModelAnswer;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A provider reached through langchain4j; turns whatever goes wrong into a plain answer. */
final class ChatProvider implements Model {
  private static final Logger LOG = LoggerFactory.getLogger(ChatProvider.class);
  private static final int LONGEST_DETAIL = 400;
  private final String name;
  private final ProviderSettings settings;
  private final boolean needsKey;
  private final Wire wire;
  private final ChatDoor door;

  ChatProvider(
      String name,
      ProviderSettings settings,
      boolean needsKey,
      long maxBytes,
      Egress egress,
      ChatDoor door) {
    this.name = name;
    this.settings = settings;
    this.needsKey = needsKey;
    this.wire = new Wire(settings.timeout(), maxBytes, egress);
    this.door = door;
  }

  @Override
  public ModelAnswer ask(ModelRequest request) {
    if (needsKey && settings.apiKey().isEmpty()) {
      return new ModelAnswer.Failed(
          422,
          "%s has no key: set the environment variable %s or signalbox.agents.models.%s.api-key"
              .formatted(name, settings.keyVariable(), name));
    }
    Dialogue dialogue = Dialogue.of(name, request);
    try {
      return dialogue.answer(door.open(settings, wire, request).chat(dialogue.chatRequest()));
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      return failure(e);
    }
  }

  private ModelAnswer.Failed failure(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      Optional<ModelAnswer.Failed> known = known(cause);
      if (known.isPresent()) {
        return known.get();
      }
    }
    LOG.warn("what {} answered could not be understood: {}", name, e.toString());
    return new ModelAnswer.Failed(502, name + " answered with something that is no answer");
  }

  private Optional<ModelAnswer.Failed> known(Throwable cause) {
    return Optional.ofNullable(
        switch (cause) {
          case WireRefusal refusal -> {
            String said = Optional.ofNullable(refusal.getMessage()).orElse("").strip();
            String cut = said.substring(0, Math.min(said.length(), LONGEST_DETAIL));
            String detail = "%s answered %d: %s".formatted(name, refusal.statusCode(), cut);
            yield new ModelAnswer.Failed(refusal.statusCode(), detail, refusal.retryAfter());
          }
          case Wire.Refused it ->
              new ModelAnswer.Failed(it.why().status(), name + ": " + it.why().detail());
          case TimeoutException _ ->
              new ModelAnswer.Failed(504, name + " did not answer within " + settings.timeout());
          case UncheckedIOException io ->
              new ModelAnswer.Failed(
                  503,
                  "%s cannot be reached at %s: %s"
                      .formatted(name, settings.baseUrl(), io.getCause()));
          case UnsupportedFeatureException no ->
              new ModelAnswer.Failed(422, name + " cannot do this: " + no.getMessage());
          default -> null;
        });
  }
}
