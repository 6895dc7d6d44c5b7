package io.signalbox.boot.config;

import com.typesafe.config.ConfigException;

/** A setting that is out of bounds, told with its path. */
final class Check {
  private Check() {}

  static void that(boolean holds, String path, String rule) {
    if (!holds) {
      throw new ConfigException.Generic(path + ": " + rule);
    }
  }
}
