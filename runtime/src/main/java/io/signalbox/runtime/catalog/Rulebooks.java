package io.signalbox.runtime.catalog;

import java.util.concurrent.CompletionStage;

/** The tools and agents of every tenant as this node knows them, at most about a second old. */
public final class Rulebooks {
  private final TenantCatalogs catalogs;

  Rulebooks(TenantCatalogs catalogs) {
    this.catalogs = catalogs;
  }

  /**
   * Never waits. For a tenant that nobody has asked for before it holds the built-in tools alone;
   * use {@link #load} first.
   */
  public Rulebook current(String tenant) {
    return catalogs.current(tenant).rulebook();
  }

  /** Reads the tenant's rulebook if this node has not yet; from then on it is kept up to date. */
  public CompletionStage<Rulebook> load(String tenant) {
    return catalogs.load(tenant).thenApply(TenantCatalogs.Known::rulebook);
  }
}
