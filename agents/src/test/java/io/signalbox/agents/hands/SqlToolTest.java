package io.signalbox.agents.hands;

import static io.signalbox.agents.hands.Workbench.failure;
import static io.signalbox.agents.hands.Workbench.json;
import static io.signalbox.agents.hands.Workbench.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.Json;
import io.signalbox.protocol.tool.OnUnknownOutcome;
import io.signalbox.protocol.tool.Risk;
import io.signalbox.protocol.tool.ToolDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real PostgreSQL. */
class SqlToolTest {
  private static final String ANY = "{\"type\": \"object\"}";
  private static final String INIT =
      """
      create schema if not exists internal;
      create table if not exists internal.repository (name text primary key, owner text, stars int);
      insert into internal.repository values ('acme/shop', 'ada', 3), ('acme/desk', 'bob', 5)
        on conflict do nothing;
      do $$ begin
        if not exists (select from pg_roles where rolname = 'reader') then create role reader; end if;
      end $$;
      grant usage on schema internal to reader;
      grant select on internal.repository to reader;
      create table if not exists public.secret (s text);
      """;

  @TempDir private static Path folder;
  private static TestPostgres postgres;
  private static Workbench bench;

  @BeforeAll
  static void start() throws IOException {
    postgres = TestPostgres.start();
    var script = Files.writeString(folder.resolve("init.sql"), INIT);
    bench =
        Workbench.with(
            """
            datasources {
              internal { url = gateway, role = reader, schema = internal, init-script = "%s" }
              owner { url = gateway, user = owner, pool-size = 1 }
              away { url = "jdbc:postgresql://127.0.0.1:1/x", user = x }
            }"""
                .formatted(script),
            Optional.of(postgres.gateway()));
  }

  @AfterAll
  static void stop() {
    bench.close();
    postgres.close();
  }

  @Test
  void theInitScriptHasRunAndNamedParametersAreBound() {
    var found = query("select name, owner, stars from repository where name = :name", "acme/shop");
    assertThat(found)
        .isEqualTo(
            json(
                """
                {"rows": [{"name": "acme/shop", "owner": "ada", "stars": 3}],
                 "truncated": false}"""));
  }

  @Test
  void anInjectionStaysData() {
    var found =
        query("select name from repository where name = :name", "x' or '1'='1'; drop table y; --");
    assertThat(found.path("rows")).isEmpty();
  }

  @Test
  void theDatabaseItselfRefusesToWrite() {
    var asReader = call("internal", "update repository set owner = 'eve' returning *", "{}");
    assertThat(failure(asReader).status()).isEqualTo(403);
    var asOwner =
        failure(call("owner", "update internal.repository set owner = 'eve' returning *", "{}"));
    assertThat(asOwner.kind()).isEqualTo("authorization");
    assertThat(asOwner.detail()).contains("read-only transaction");
    var hidden =
        call(
            "owner",
            "with x as (delete from internal.repository returning *) select * from x",
            "{}");
    assertThat(failure(hidden).status()).isEqualTo(403);
    assertThat(query("select owner from repository where name = :name", "acme/shop").at("/rows/0"))
        .isEqualTo(json("{\"owner\": \"ada\"}"));
  }

  @Test
  void switchingTheGuardsOffFailsAndLeavesNoTraceOnTheConnection() {
    for (var trick :
        List.of(
            "select set_config('transaction_read_only', 'off', false)",
            "set session characteristics as transaction read write",
            "commit",
            "set role owner",
            "reset role")) {
      call("owner", trick, "{}");
      call("internal", trick, "{}");
      assertThat(failure(call("owner", "delete from public.secret returning 1", "{}")).status())
          .as(trick)
          .isEqualTo(403);
      assertThat(failure(call("internal", "select * from public.secret", "{}")).status())
          .as(trick)
          .isEqualTo(403);
    }
    assertThat(failure(call("owner", "select 1; delete from public.secret", "{}")).detail())
        .contains("one statement");
  }

  @Test
  void theRoleSeesOnlyWhatItMay() {
    assertThat(failure(call("internal", "select * from public.secret", "{}")).detail())
        .contains("permission denied");
  }

  @Test
  void rowsAreLimitedAndTheRestIsAnnounced() {
    var some = call("internal", "select generate_series(1, 1000) as n", "{}", 10);
    assertThat(result(some).path("rows")).hasSize(10);
    assertThat(result(some).path("truncated").asBoolean()).isTrue();
    var all = call("internal", "select generate_series(1, 10) as n", "{}", 10);
    assertThat(result(all).path("rows")).hasSize(10);
    assertThat(result(all).path("truncated").asBoolean()).isFalse();
  }

  @Test
  void aLongQueryIsStoppedByTheDatabase() {
    var slow = tool("internal", "select pg_sleep(30)", 10, Duration.ofMillis(300));
    var failed = failure(bench.call(slow, "{}"));
    assertThat(failed.kind()).isEqualTo("timeout");
    assertThat(failed.status()).isEqualTo(408);
  }

  @Test
  void typesAreKept() {
    var row =
        result(
                call(
                    "internal",
                    """
                    select 1::bigint as big, 1.50::numeric as num, true as flag, null::text as none,
                      '{"a": [1]}'::jsonb as doc, array[1, 2] as list, array['x', null] as names,
                      timestamptz '2026-01-02 03:04:05+02' as at, date '2026-01-02' as day,
                      uuid '00000000-0000-0000-0000-000000000001' as id, '\\x00ff'::bytea as bytes,
                      'a:b' as colon, 2::text as cast, '{"k": 1}'::jsonb ? 'k' as has""",
                    "{}"))
            .at("/rows/0");
    assertThat(row)
        .isEqualTo(
            json(
                """
                {"big": 1, "num": 1.50, "flag": true, "none": null, "doc": {"a": [1]},
                 "list": [1, 2], "names": ["x", null], "at": "2026-01-02T01:04:05Z",
                 "day": "2026-01-02", "id": "00000000-0000-0000-0000-000000000001",
                 "bytes": "AP8=", "colon": "a:b", "cast": "2", "has": true}"""));
  }

  @Test
  void everyKindOfJsonBindsToWhatTheServerExpects() {
    var row =
        result(
            call(
                "internal",
                """
                select :n + 1 as n, :f::float8 as f, :flag and true as flag,
                  :id = uuid '00000000-0000-0000-0000-000000000001' as same,
                  :day > date '2026-01-01' as later, 2 = any(:list) as listed,
                  'b' = any(:names) as named, :doc::jsonb ->> 'k' as k, :none::text is null as none,
                  :missing::int is null as missing""",
                """
                {"n": 41, "f": 1.5, "flag": true, "id": "00000000-0000-0000-0000-000000000001",
                 "day": "2026-01-02", "list": [1, 2], "names": ["a", "b"], "doc": {"k": "v"},
                 "none": null}"""));
    assertThat(row.at("/rows/0"))
        .isEqualTo(
            json(
                """
                {"n": 42, "f": 1.5, "flag": true, "same": true, "later": true, "listed": true,
                 "named": true, "k": "v", "none": true, "missing": true}"""));
  }

  @Test
  void aValueThatDoesNotFitIsTheCallersFault() {
    var failed = failure(call("internal", "select :d::date", "{\"d\": \"no date\"}"));
    assertThat(failed.kind()).isEqualTo("validation");
    assertThat(failed.status()).isEqualTo(422);
  }

  @Test
  void aDatabaseThatIsAwayOrUnknownIsSaidToBeSo() {
    assertThat(failure(call("away", "select 1", "{}")).status()).isEqualTo(503);
    assertThat(failure(call("nowhere", "select 1", "{}")).detail())
        .contains("nowhere", "[away, internal, owner]");
  }

  private static com.fasterxml.jackson.databind.JsonNode query(String sql, String name) {
    return result(call("internal", sql, Json.object().put("name", name).toString()));
  }

  private static io.signalbox.protocol.run.Outcome call(
      String datasource, String sql, String arguments) {
    return call(datasource, sql, arguments, 100);
  }

  private static io.signalbox.protocol.run.Outcome call(
      String datasource, String sql, String arguments, int rowLimit) {
    return bench.call(tool(datasource, sql, rowLimit, Duration.ofSeconds(10)), arguments);
  }

  private static ToolDefinition tool(
      String datasource, String sql, int rowLimit, Duration timeout) {
    var config =
        Json.object().put("datasource", datasource).put("query", sql).put("rowLimit", rowLimit);
    return new ToolDefinition(
        "internal.lookup",
        "sql",
        "for tests",
        json(ANY),
        Optional.empty(),
        Risk.READ,
        OnUnknownOutcome.IDEMPOTENT,
        timeout,
        List.of(),
        config);
  }
}
