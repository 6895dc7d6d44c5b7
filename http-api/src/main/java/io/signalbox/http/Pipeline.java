package io.signalbox.http;

import io.signalbox.http.wire.Answer;
import io.signalbox.http.wire.Bodies;
import io.signalbox.http.wire.Call;
import io.signalbox.http.wire.Endpoint.Access;
import io.signalbox.http.wire.Problem;
import io.signalbox.http.wire.Problems;
import io.signalbox.http.wire.Responses;
import io.signalbox.protocol.access.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/** The way of every request: route, caller, body, idempotency, handler, answer, metrics. */
final class Pipeline {
  private static final Duration SOON = Duration.ofSeconds(2);

  private static final int DRAIN = 4;

  private final ActorSystem<?> system;
  private final HttpSettings settings;
  private final Router router;
  private final Authentication authentication;
  private final Idempotency idempotency;
  private final Shown shown;
  private final Noting noting;
  private final BodyBudget budget;

  Pipeline(
      ActorSystem<?> system,
      HttpSettings settings,
      Router router,
      Authentication authentication,
      Idempotency idempotency,
      Shown shown,
      Noting noting) {
    this.system = system;
    this.settings = settings;
    this.router = router;
    this.authentication = authentication;
    this.idempotency = idempotency;
    this.shown = shown;
    this.noting = noting;
    this.budget = new BodyBudget(settings.bodyBudget());
  }

  CompletionStage<HttpResponse> answer(HttpRequest request) {
    Traffic traffic = Traffic.begin(request.method().value());
    Router.Match match;
    try {
      match = router.find(request);
    } catch (RuntimeException e) {
      return CompletableFuture.completedStage(failed(request, e)).thenApply(traffic::end);
    }
    return enter(request, match)
        .exceptionally(failure -> failed(request, failure))
        .thenApply(response -> traffic.end(match.endpoint().pattern(), response));
  }

  /** Answers while the other rooms are still closed, from open endpoints that need no body. */
  static CompletionStage<HttpResponse> early(
      Router router, HttpRequest request, long most, ActorSystem<?> system) {
    drain(request, most, system);
    try {
      Router.Match match = router.find(request);
      if (match.endpoint().access() == Access.OPEN) {
        Call call =
            new Call(
                request,
                match.endpoint(),
                match.path(),
                Optional.empty(),
                ByteString.emptyByteString(),
                Optional.empty());
        return match.endpoint().handler().handle(call).thenApply(Responses::render);
      }
    } catch (Problem elsewhere) {
      // what is not served yet may well be served in a moment
    }
    Problem starting = Problem.notReady("the gateway is starting; see /health/ready", SOON);
    return CompletableFuture.completedStage(
        Responses.render(starting.answer(Call.instance(request))));
  }

  private CompletionStage<HttpResponse> enter(HttpRequest request, Router.Match match) {
    try {
      return authentication
          .enter(request, match.endpoint().access())
          .whenComplete((who, failure) -> noting.entered(request, match, who, failure))
          .thenCompose(
              principal -> budget.within(size(request), () -> act(request, match, principal)))
          .thenApply(Responses::render);
    } catch (RuntimeException e) {
      noting.entered(request, match, null, e);
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<Answer> act(
      HttpRequest request, Router.Match match, Optional<Principal> principal) {
    return CompletableFuture.completedStage(principal)
        .thenAccept(who -> Authentication.permit(who, match.endpoint().access()))
        .thenCompose(_ -> read(request, match, principal))
        .thenCompose(call -> idempotency.around(call, shown.around(match.endpoint().handler())))
        .whenComplete((answer, no) -> noting.acted(request, match, principal, answer, no));
  }

  /** What the body may take: what it says, or the most it can be where it does not say. */
  private long size(HttpRequest request) {
    long most = settings.bodyLimit();
    return Math.min(most, request.entity().getContentLengthOption().orElse(most));
  }

  private CompletionStage<Call> read(
      HttpRequest request, Router.Match match, Optional<Principal> principal) {
    request
        .getHeader("Content-Encoding")
        .map(HttpHeader::value)
        .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
        .ifPresent(
            encoding -> {
              throw Problem.unsupported("send the body without Content-Encoding " + encoding);
            });
    return Bodies.read(request, settings.bodyLimit(), settings.bodyPatience(), system)
        .thenApply(
            body ->
                new Call(
                    request, match.endpoint(), match.path(), principal, body, Optional.empty()));
  }

  private HttpResponse failed(HttpRequest request, Throwable failure) {
    drain(request, settings.bodyLimit(), system);
    Answer.Document answer = Problems.of(failure).answer(Call.instance(request));
    return Responses.render(answer);
  }

  /** Reads on for a while, so that who is still sending gets to see the answer. */
  private static void drain(HttpRequest request, long most, ActorSystem<?> system) {
    request.entity().withSizeLimit(DRAIN * most).discardBytes(system);
  }
}
