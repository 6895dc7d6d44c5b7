package io.signalbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Bodies;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Names;
import io.signalbox.http.wire.Pages;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.Json;
import io.signalbox.protocol.catalog.CatalogCommand;
import io.signalbox.protocol.catalog.CatalogReply;
import io.signalbox.protocol.catalog.Resource;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;

/** Workflow definitions: deploy, look at, delete. */
final class WorkflowRoutes {
  private static final Set<String> YAML_TYPES =
      Set.of("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml");
  private static final ContentType.WithFixedCharset YAML =
      ContentTypes.create(MediaTypes.applicationWithFixedCharset("yaml", HttpCharsets.UTF_8));

  private final Rooms rooms;

  WorkflowRoutes(Rooms rooms) {
    this.rooms = rooms;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/v1/workflows", this::deploy),
        Endpoint.get("/v1/workflows", this::list),
        Endpoint.get("/v1/workflows/{namespace}/{name}", this::versions),
        Endpoint.get("/v1/workflows/{namespace}/{name}/{version}", this::get),
        Endpoint.delete("/v1/workflows/{namespace}/{name}/{version}", this::delete));
  }

  private CompletionStage<Answer> deploy(Call call) {
    String type = call.mediaType();
    boolean yaml = YAML_TYPES.contains(type) || type.endsWith("+yaml");
    if (!yaml && !type.isEmpty() && !Bodies.isJson(type)) {
      throw Problem.unsupported(
          "send the definition as application/yaml or application/json, not " + type);
    }
    if (call.body().isEmpty()) {
      throw Problem.malformed("a workflow definition is needed");
    }
    String text = yaml || type.isEmpty() ? Bodies.text(call.body().toArrayUnsafe()) : json(call);
    return rooms
        .catalog()
        .ask(
            CatalogReply.Kept.class,
            to -> new CatalogCommand.DeployWorkflow(call.tenant(), text, call.by().rights(), to))
        .thenApply(WorkflowRoutes::kept);
  }

  /** The text as sent, once it is known to be JSON. */
  private static String json(Call call) {
    call.json();
    return Bodies.text(call.body().toArrayUnsafe());
  }

  private static Answer kept(CatalogReply.Kept kept) {
    ObjectNode body = line(kept.resource());
    body.remove("createdAt");
    Resource it = kept.resource();
    String location = "/v1/workflows/" + it.namespace() + "/" + it.name() + "/" + it.version();
    return kept.created() ? Answer.created(location, body) : Answer.ok(body);
  }

  private CompletionStage<Answer> list(Call call) {
    return page(call, call.query("namespace"), Optional.empty())
        .thenApply(found -> listed(call, found));
  }

  private CompletionStage<Answer> versions(Call call) {
    Optional<String> namespace = Optional.of(Names.seek("workflow", call.path("namespace")));
    Optional<String> name = Optional.of(Names.seek("workflow", call.path("name")));
    return page(call, namespace, name)
        .thenApply(
            page -> {
              if (page.items().isEmpty() && Pages.cursor(call).isEmpty()) {
                throw Problem.notFound("there is no workflow of that name");
              }
              return listed(call, page);
            });
  }

  private CompletionStage<CatalogReply.Page> page(
      Call call, Optional<String> namespace, Optional<String> name) {
    int limit = Pages.limit(call);
    return rooms
        .catalog()
        .ask(
            CatalogReply.Page.class,
            to ->
                new CatalogCommand.ListWorkflows(
                    call.tenant(), namespace, name, limit, Pages.cursor(call), to));
  }

  private static Answer listed(Call call, CatalogReply.Page page) {
    return Pages.page(
        Narrowed.byNamespace(call, page.items(), Resource::namespace).stream()
            .map(WorkflowRoutes::line)
            .toList(),
        page.nextCursor());
  }

  private CompletionStage<Answer> get(Call call) {
    Optional<String> format = Pages.choice(call, "format", List.of("json", "yaml"));
    String namespace = Names.seek("workflow", call.path("namespace"));
    String name = Names.seek("workflow", call.path("name"));
    return rooms
        .catalog()
        .ask(
            CatalogReply.Found.class,
            to ->
                new CatalogCommand.GetWorkflow(
                    call.tenant(), namespace, name, Optional.of(call.path("version")), to))
        .thenApply(CatalogReply.Found::resource)
        .thenApply(it -> format.equals(Optional.of("yaml")) ? yaml(it) : json(it));
  }

  private static Answer json(Resource workflow) {
    ObjectNode body = line(workflow);
    body.set("definition", workflow.body());
    return Answer.ok(body);
  }

  private static Answer yaml(Resource workflow) {
    boolean sentAsJson = workflow.source().stripLeading().startsWith("{");
    String text = sentAsJson ? converted(workflow) : workflow.source();
    return new Answer.Other(HttpResponse.create().withEntity(YAML, text));
  }

  private static String converted(Resource workflow) {
    try {
      return new YAMLMapper().writeValueAsString(workflow.body());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CompletionStage<Answer> delete(Call call) {
    String namespace = Names.take("workflow", call.path("namespace"));
    String name = Names.take("workflow", call.path("name"));
    return rooms
        .catalog()
        .ask(
            CatalogReply.Gone.class,
            to ->
                new CatalogCommand.DeleteWorkflow(
                    call.tenant(), namespace, name, call.path("version"), to))
        .thenApply(_ -> Answer.nothing());
  }

  private static ObjectNode line(Resource it) {
    ObjectNode line = Json.object();
    line.put("namespace", it.namespace()).put("name", it.name()).put("version", it.version());
    return line.put("digest", it.digest()).put("createdAt", it.createdAt().toString());
  }
}
