package io.signalbox.runtime;

import com.typesafe.config.Config;
import io.signalbox.runtime.audit.AuditSettings;
import io.signalbox.runtime.blob.BlobSettings;
import io.signalbox.runtime.definition.CatalogLocations;
import io.signalbox.runtime.definition.DefinitionLimits;
import io.signalbox.runtime.definition.ResourceFolders;
import io.signalbox.runtime.event.EventSettings;
import io.signalbox.runtime.expression.ExpressionLimits;
import io.signalbox.runtime.lifecycle.LifecycleSettings;
import io.signalbox.runtime.notify.NotifySettings;
import io.signalbox.runtime.quota.QuotaSettings;
import io.signalbox.runtime.retention.RetentionSettings;
import io.signalbox.runtime.run.BeyondBounds;
import io.signalbox.runtime.run.Interpreter;
import io.signalbox.runtime.run.Limits;
import io.signalbox.runtime.run.RunParts;
import io.signalbox.runtime.schedule.ScheduleSettings;
import io.signalbox.runtime.tokens.TokenSettings;
import io.signalbox.runtime.view.ViewSettings;
import java.time.Duration;

/** How this room behaves; reference.conf says what each key means. */
public record RuntimeSettings(
    RunParts.Settings runs,
    Interpreter.Bounds bounds,
    ViewSettings views,
    EventSettings events,
    Duration refresh,
    DefinitionLimits definitions,
    ResourceFolders schemas,
    ExpressionLimits expressions,
    BlobSettings blobs,
    CatalogLocations catalogs,
    ScheduleSettings schedules,
    LifecycleSettings lifecycle,
    NotifySettings notifications,
    RetentionSettings retention,
    QuotaSettings quota,
    AuditSettings audit,
    TokenSettings tokens) {

  /** From {@code signalbox.runtime}. */
  public static RuntimeSettings from(Config runtime) {
    Config runs = runtime.getConfig("runs");
    return new RuntimeSettings(
        new RunParts.Settings(
            runs.getInt("snapshot-every"),
            runs.getDuration("idle"),
            runs.getDuration("keep-awake"),
            runs.getDuration("look-again"),
            runs.getInt("max-arrived"),
            runs.getInt("max-waiters"),
            runs.getInt("fork-turns"),
            runs.getDuration("min-backoff"),
            runs.getDuration("max-backoff")),
        new Interpreter.Bounds(
            runs.getInt("facts-per-turn"),
            runs.getDuration("http-timeout"),
            runs.getInt("attempts"),
            runs.getInt("tool-calls-per-message"),
            runs.getInt("events-per-listen"),
            runs.getInt("events-queued"),
            runs.getInt("nesting"),
            runs.getDuration("process-timeout"),
            new Limits(
                runs.getInt("loop-items"),
                runs.getInt("listed"),
                runtime.getDuration("approvals.claim"),
                runtime.getInt("approvals.delegations")),
            beyond(runs.getConfig("beyond"))),
        ViewSettings.from(runtime.getConfig("views")),
        EventSettings.from(runtime.getConfig("events")),
        runtime.getDuration("catalog-refresh"),
        DefinitionLimits.from(runtime.getConfig("definitions")),
        ResourceFolders.from(runtime.getConfig("definitions.schemas")),
        ExpressionLimits.from(runtime.getConfig("expressions")),
        BlobSettings.from(runtime.getConfig("blobs")),
        CatalogLocations.from(runtime.getConfig("catalogs")),
        ScheduleSettings.from(runtime.getConfig("schedules")),
        LifecycleSettings.from(runtime.getConfig("lifecycle-events")),
        NotifySettings.from(runtime.getConfig("notifications")),
        RetentionSettings.from(runtime.getConfig("retention")),
        QuotaSettings.from(runtime.getConfig("quota")),
        AuditSettings.from(runtime.getConfig("audit")),
        TokenSettings.from(runtime.getConfig("tokens")));
  }

  private static BeyondBounds beyond(Config beyond) {
    return new BeyondBounds(
        beyond.getInt("map-items"),
        beyond.getInt("map-concurrency"),
        beyond.getInt("most-concurrency"),
        beyond.getInt("compensations"),
        beyond.getInt("labels"),
        beyond.getInt("label-length"));
  }
}
