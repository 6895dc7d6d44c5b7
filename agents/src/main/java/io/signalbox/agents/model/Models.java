package io.signalbox.agents.model;

import io.signalbox.agents.hands.egress.Egress;
import io.signalbox.agents.hands.egress.EgressSettings;
import io.signalbox.protocol.agent.ModelAnswer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Every provider under its name; finds the one that {@code provider/model} asks for. */
public final class Models implements Model {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final Map<String, Model> providers;
  private final Prices prices;
  private final Semaphore places;

  private Models(Map<String, Model> providers, Prices prices, int maxInFlight) {
    this.providers = new TreeMap<>(providers);
    this.prices = prices;
    this.places = new Semaphore(maxInFlight, true);
  }

  /**
   * What the configuration names as a provider's address may be called wherever it lies, and
   * nothing else may.
   */
  public static Models of(ModelsSettings settings, EgressSettings reach) {
    Egress egress = new Egress(settings.within(reach));
    return new Models(
        Map.of(
            "scripted", new ScriptedModel(),
            "openai", openai(settings.openai(), settings.maxAnswerBytes(), egress),
            "anthropic",
                new ChatProvider(
                    "anthropic",
                    settings.anthropic(),
                    true,
                    settings.maxAnswerBytes(),
                    egress,
                    Providers::anthropic),
            "ollama",
                new ChatProvider(
                    "ollama",
                    settings.ollama(),
                    false,
                    settings.maxAnswerBytes(),
                    egress,
                    Providers::ollama)),
        settings.prices(),
        settings.maxInFlight());
  }

  /** Servers that copy OpenAI's API on other hosts often want no key. */
  private static Model openai(ProviderSettings settings, long maxBytes, Egress egress) {
    boolean needsKey = Providers.OPENAI_HOST.equals(settings.baseUrl().getHost());
    return new ChatProvider("openai", settings, needsKey, maxBytes, egress, Providers::openai);
  }

  @Override
  public ModelAnswer ask(ModelRequest request) {
    String name = request.agent().model();
    int slash = name.indexOf('/');
    Optional<Model> provider =
        Optional.ofNullable(providers.get(slash < 1 ? "" : name.substring(0, slash)));
    if (provider.isEmpty() || slash == name.length() - 1) {
      return new ModelAnswer.Failed(
          422,
          "'%s' names no model: write provider/model with a provider of %s"
              .formatted(name, providers.keySet()));
    }
    long began = System.nanoTime();
    ModelAnswer answer = priced(name, inTurn(provider.get(), request));
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    Meter.note(name.substring(0, slash), request.model(), took, answer);
    return answer;
  }

  private ModelAnswer priced(String model, ModelAnswer answer) {
    Price price = prices.of(model);
    return switch (answer) {
      case ModelAnswer.Text(var content, var metadata, var usage) ->
          new ModelAnswer.Text(content, metadata, price.of(usage));
      case ModelAnswer.ToolCalls(var content, var calls, var metadata, var usage) ->
          new ModelAnswer.ToolCalls(content, calls, metadata, price.of(usage));
      case ModelAnswer.Failed failed -> failed;
    };
  }

  private ModelAnswer inTurn(Model provider, ModelRequest request) {
    try {
      if (!places.tryAcquire(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return new ModelAnswer.Failed(429, "this node makes too many model calls already");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the model call was given up");
    }
    try {
      return provider.ask(request);
    } finally {
      places.release();
    }
  }
}
