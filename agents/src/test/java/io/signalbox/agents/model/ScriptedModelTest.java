package io.signalbox.agents.model;

import static io.signalbox.agents.model.Requests.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.protocol.agent.ModelAnswer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScriptedModelTest extends ModelContract {
  private final ScriptedModel model = new ScriptedModel();

  @Override
  String provider() {
    return "scripted";
  }

  @Override
  long tokens() {
    return 0;
  }

  private ModelAnswer play(String script, int call) {
    var agent = Requests.agent("scripted/some-model", Optional.of(json(script)));
    return model.ask(Requests.request(agent, call, List.of(new Line.User("Review this"))));
  }

  @Override
  ModelAnswer ask(Scene scene) {
    return play(
        switch (scene) {
          case SAYS_FINE -> "[{'reply':'fine'}]";
          case WANTS_DIFF_OF_7 ->
              "[{'tool':'github.get-diff','arguments':{'number':7,'how':{'tone':'kind'}}}]";
          case SLOW_DOWN_FOR_9_SECONDS -> "[{'fail':{'status':429,'retryAfter':'PT9S'}}]";
          case BREAKS -> "[{'fail':{'status':500}}]";
          case STAYS_SILENT -> "[{'fail':{'status':504}}]";
          case TALKS_GARBAGE -> "[17]";
        },
        1);
  }

  @Test
  void thePositionIsTheNumberOfTheCall() {
    String script = "[{'reply':'one'},{'reply':{'two':2}}]";
    assertThat(((ModelAnswer.Text) play(script, 2)).content()).isEqualTo("{\"two\":2}");
    assertThat(((ModelAnswer.Text) play(script, 1)).content()).isEqualTo("one");
    assertThat(((ModelAnswer.Failed) play(script, 3)).detail()).contains("none for call 3");
  }

  @Test
  void placeholdersAreFilledFromTheMessage() {
    var wanted =
        (ModelAnswer.ToolCalls)
            play(
                """
                [{'tool':'t','arguments':{'n':'{{data.number}}','first':'{{ data.labels.0 }}',
                  'all':'{{data.labels}}','text':'{{message}} by {{data.author.name}} ({{data.number}})',
                  'plain':[true,'x']}}]
                """,
                1);
    assertThat(wanted.calls().getFirst().arguments())
        .isEqualTo(
            json(
                """
                {'n':7,'first':'a','all':['a','b'],'text':'Review this by ada (7)',
                 'plain':[true,'x']}
                """));
  }

  @Test
  void aPlaceholderWithoutAValueIsNamed() {
    var failed = (ModelAnswer.Failed) play("[{'reply':'{{data.nowhere.at}} all'}]", 1);
    assertThat(failed.status()).isEqualTo(422);
    assertThat(failed.detail()).contains("{{data.nowhere.at}}");
  }

  @Test
  void severalToolsMayBeCalledAtOnce() {
    var wanted = (ModelAnswer.ToolCalls) play("[{'tools':[{'tool':'a'},{'tool':'b'}]}]", 1);
    assertThat(wanted.calls()).extracting(ModelAnswer.Call::tool).containsExactly("a", "b");
  }

  @Test
  void anAgentWithoutAScriptIsToldSo() {
    var agent = Requests.agent("scripted/some-model", Optional.empty());
    var failed = (ModelAnswer.Failed) model.ask(Requests.request(agent));
    assertThat(failed.detail()).contains("no script");
  }
}
