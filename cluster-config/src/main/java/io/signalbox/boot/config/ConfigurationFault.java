package io.signalbox.boot.config;

import java.util.List;

/** The configuration is wrong; tells every fault at once, each with its place and what to do. */
public final class ConfigurationFault extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigurationFault(List<String> faults) {
    super(String.join("\n", faults));
  }

  public ConfigurationFault(String fault) {
    this(List.of(fault));
  }
}
