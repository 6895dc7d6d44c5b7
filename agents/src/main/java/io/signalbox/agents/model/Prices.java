package io.signalbox.agents.model;

import java.util.Map;

/** What models cost, by {@code provider/model} or for a provider by {@code provider/*}. */
public record Prices(Map<String, Price> byModel) {
  private static final Price FREE = new Price(0, 0);

  public Prices {
    byModel = Map.copyOf(byModel);
  }

  /** The price of one model; one that has none is free. */
  public Price of(String model) {
    Price own = byModel.get(model);
    return own != null
        ? own
        : byModel.getOrDefault(model.substring(0, Math.max(0, model.indexOf('/'))) + "/*", FREE);
  }
}
