package io.signalbox.http;

import static java.util.concurrent.CompletableFuture.completedStage;

import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Bodies;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.http.wire.Forms;
import io.signalbox.http.wire.Problem;
import io.signalbox.protocol.RunId;
import io.signalbox.protocol.access.Principal;
import io.signalbox.protocol.audit.AuditNote;
import io.signalbox.protocol.notify.LinkCommand;
import io.signalbox.protocol.notify.LinkCommand.Reply;
import io.signalbox.protocol.run.ApprovalView;
import io.signalbox.protocol.run.RunCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The page behind a link in a message. Opening it decides nothing, however often a mail scanner
 * does so: only the form's POST does, once, as the person that the link was made for.
 */
final class LinkRoutes {
  private static final int LONGEST = 2000;

  private final Rooms rooms;
  private final Decisions decisions;

  LinkRoutes(Rooms rooms, Decisions decisions) {
    this.rooms = rooms;
    this.decisions = decisions;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/links/{token}", this::look).open(),
        Endpoint.post("/v1/links/{token}", this::decide).open());
  }

  private CompletionStage<Answer> look(Call call) {
    return opened(call, good -> ask(good).thenApply(view -> page(view, good)));
  }

  private Answer page(ApprovalView view, Reply.Good good) {
    if (!view.status().equals("open")) {
      return LinkPage.sorry(410, "This has been settled", "It is " + view.status() + " already.");
    }
    if (good.argumentsHash().isPresent() && !good.argumentsHash().equals(view.argumentsHash())) {
      return LinkPage.sorry(
          410,
          "This has changed",
          "The arguments were changed after this link was sent, so it decides nothing any more.");
    }
    return LinkPage.question(view, good, Optional.empty());
  }

  private CompletionStage<ApprovalView> ask(Reply.Good good) {
    RunId run = ApprovalIds.run(good.tenant(), good.approval());
    return rooms.runs().approval(run, to -> new RunCommand.GetApproval(good.approval(), to));
  }

  private CompletionStage<Answer> decide(Call call) {
    if (!call.mediaType().equals("application/x-www-form-urlencoded")) {
      throw Problem.unsupported("send the form of the page");
    }
    Map<String, String> form = Forms.read(Bodies.text(call.body().toArrayUnsafe()));
    String word = form.getOrDefault("decision", "");
    String reason = form.getOrDefault("reason", "").strip();
    return opened(call, good -> decide(call, good, word, reason));
  }

  private CompletionStage<Answer> decide(Call call, Reply.Good good, String word, String reason) {
    if (!word.equals("approve") && !word.equals("reject")) {
      return ask(good).thenApply(view -> page(view, good));
    }
    Principal by = new Principal(good.tenant(), good.principal(), Set.copyOf(good.roles()), false);
    Decisions.Decision decision =
        new Decisions.Decision(
            word,
            by,
            Optional.of(reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason)
                .filter(it -> !it.isEmpty()),
            Optional.empty(),
            good.argumentsHash(),
            Optional.of("link:" + good.channel()));
    return decisions
        .decide(ApprovalIds.run(good.tenant(), good.approval()), good.approval(), decision)
        .<CompletionStage<Answer>>handle(
            (view, failure) ->
                failure == null ? used(call, word, view) : refused(good, cause(failure)))
        .thenCompose(Function.identity());
  }

  /** The run has the decision, and would not take it twice: now the link is done as well. */
  private CompletionStage<Answer> used(Call call, String word, ApprovalView view) {
    String token = call.path("token");
    return rooms
        .links()
        .ask(Reply.class, to -> new LinkCommand.Use(token, word, to))
        .thenApply(
            _ ->
                LinkPage.done(
                    word, view.status().equals("open") ? "Others have to agree as well." : ""));
  }

  private CompletionStage<Answer> refused(Reply.Good good, Throwable why) {
    if (!(why instanceof Problem no)) {
      throw new CompletionException(why);
    }
    if (no.status() == 422) {
      return ask(good).thenApply(view -> LinkPage.question(view, good, Optional.of(no.detail())));
    }
    return completedStage(LinkPage.sorry(no.status(), "This was not accepted", no.detail()));
  }

  private CompletionStage<Answer> opened(
      Call call, Function<Reply.Good, CompletionStage<Answer>> with) {
    String token = call.path("token");
    return rooms
        .links()
        .ask(Reply.class, to -> new LinkCommand.Open(token, to))
        .thenCompose(
            reply ->
                switch (reply) {
                  case Reply.Good good ->
                      with.apply(good).exceptionallyCompose(failure -> gone(cause(failure)));
                  case Reply.Used used ->
                      tried(
                          call,
                          "approval-link-used",
                          410,
                          "This link has been used",
                          "It was used to " + used.decision() + ". A link is good once.");
                  case Reply.Expired _ ->
                      tried(
                          call,
                          "approval-link-expired",
                          410,
                          "This link has expired",
                          "Ask for a new message, or decide in the console.");
                  case Reply.Unknown _ ->
                      tried(
                          call,
                          "approval-link-invalid",
                          404,
                          "This link is not valid",
                          "Perhaps it was cut off: copy the whole address from the message.");
                  case Reply.Away _ ->
                      sorry(503, "One moment, please", "Try again in a few seconds.");
                });
  }

  private static CompletionStage<Answer> gone(Throwable why) {
    if (why instanceof Problem no && no.status() == 404) {
      return sorry(410, "This has been settled", "Nobody is asked any more.");
    }
    throw new CompletionException(why);
  }

  /** Looking is harmless; whoever sends the form wanted to decide. */
  private CompletionStage<Answer> tried(
      Call call, String rule, int status, String title, String text) {
    if (call.endpoint().method().equals("POST")) {
      decisions.tried(AuditNote.NOBODY, rule, title);
    }
    return sorry(status, title, text);
  }

  private static CompletionStage<Answer> sorry(int status, String title, String text) {
    return completedStage(LinkPage.sorry(status, title, text));
  }

  private static Throwable cause(Throwable failure) {
    Throwable inner = failure.getCause();
    return failure instanceof CompletionException && inner != null ? inner : failure;
  }
}
