package io.signalbox.runtime.catalog;

import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.tool.ToolDefinition;
import io.signalbox.runtime.definition.DefinitionReader;
import io.signalbox.runtime.storage.Database;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.Behavior;

/**
 * A node's catalog; start {@code actor} once, it also keeps the other two up to date.
 *
 * @param actor answers questions and takes changes
 */
public record Catalog(
    Behavior<CatalogCommand> actor, Definitions definitions, Rulebooks rulebooks) {
  /** The catalog in this database, with tools that are there without being put. */
  public static Catalog open(Database database, List<ToolDefinition> builtins) {
    return open(database, builtins, new DefinitionReader());
  }

  /** The same with a reader that knows what the operator allows. */
  public static Catalog open(
      Database database, List<ToolDefinition> builtins, DefinitionReader reader) {
    BuiltIn builtIn = BuiltIn.read(reader);
    TenantCatalogs catalogs = new TenantCatalogs(database, reader, builtins);
    Desk desk =
        new Desk(
            database,
            reader,
            builtIn,
            catalogs,
            new Lookup(database),
            new Pages(builtins),
            builtins.stream().map(ToolDefinition::name).collect(Collectors.toSet()));
    return new Catalog(
        CatalogActor.create(desk),
        new Definitions(database, reader, builtIn, catalogs),
        new Rulebooks(catalogs));
  }
}
