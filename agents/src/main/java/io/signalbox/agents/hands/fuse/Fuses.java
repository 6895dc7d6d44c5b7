package io.signalbox.agents.hands.fuse;

import io.signalbox.protocol.run.Outcome;
import io.signalbox.protocol.run.Perform;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.protocol.tool.ToolHealth;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.pekko.actor.Scheduler;

/**
 * The fuses of this node's tools: a tool that fails again and again is left alone for a while, and
 * none takes all places. A look for an earlier call is no call.
 */
public final class Fuses implements ToolHealth.Board {
  private record Key(String tenant, String tool) {}

  private final FuseSettings settings;
  private final Scheduler scheduler;
  private final Map<Key, Fuse> fuses = new ConcurrentHashMap<>();

  public Fuses(FuseSettings settings, Scheduler scheduler) {
    this.settings = settings;
    this.scheduler = scheduler;
  }

  /** Makes the call where the tool's fuse lets it. */
  public Outcome around(Perform order, Supplier<Outcome> call) {
    if (order.mode() != Perform.Mode.SEND || order.tool().isEmpty()) {
      return call.get();
    }
    return fuse(order.run().tenant(), order.tool().get()).around(call);
  }

  /** A tool that was declared anew begins anew. */
  private Fuse fuse(String tenant, ToolDefinition tool) {
    FuseSettings wanted = settings.with(tool.fuse());
    if (fuses.size() > settings.most()) {
      fuses.values().removeIf(Fuse::idle);
    }
    return fuses.compute(
        new Key(tenant, tool.name()),
        (key, known) ->
            known != null && known.settings.equals(wanted)
                ? known
                : new Fuse(key.tenant(), key.tool(), wanted, scheduler));
  }

  @Override
  public Optional<ToolHealth> of(String tenant, String tool) {
    return Optional.ofNullable(fuses.get(new Key(tenant, tool))).map(Fuse::health);
  }
}
