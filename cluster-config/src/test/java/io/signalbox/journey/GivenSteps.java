package io.signalbox.journey;

/** What there is before anything is executed. */
final class GivenSteps {
  private GivenSteps() {}

  static void in(StepBook book) {
    book.on("a workflow with definition:", (stage, _, text) -> stage.play(stage.deploy(text)))
        .on("another workflow with definition:", (stage, _, text) -> stage.deploy(text))
        .on("the workflow input is:", (stage, _, text) -> stage.input = Client.yaml(text))
        .on(
            "the service '([^']+)' answers:",
            (stage, groups, text) -> stage.service(groups.group(1)).answers(Client.yaml(text)));
  }
}
