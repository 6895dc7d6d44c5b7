package io.signalbox.runtime.judge;

import io.signalbox.protocol.access.Caller;
import io.signalbox.protocol.access.Rights;
import io.signalbox.protocol.access.RoleBook;
import java.util.Optional;
import java.util.Set;

/**
 * An agent acts on behalf of whoever began the run: it may use a tool only where that one may too,
 * and where that one acted on behalf of somebody else, only where both may. A workflow's own tasks
 * are what its author was allowed to deploy.
 */
final class Permissions implements Step {
  @Override
  public Opinion judge(Question question) {
    Caller caller = question.run().startedBy();
    Optional<Set<String>> roles = caller.roles();
    boolean direct = question.run().workflow().namespace().equals("signalbox");
    if (roles.isEmpty() || (question.asker() instanceof Question.Asker.Workflow && !direct)) {
      return Opinion.NONE;
    }
    RoleBook book = question.rules().authority().roles();
    String permission = "tool:" + question.tool() + ":call";
    Rights rights = book.rights(book.rolesOf(caller.id(), roles.get()));
    if (!may(rights, question, permission, direct)) {
      return refuse(caller.id(), permission);
    }
    Optional<Caller.Behalf> behalf = caller.behalf();
    if (behalf.isPresent()
        && !may(
            book.rights(book.rolesOf(behalf.get().id(), behalf.get().roles())),
            question,
            permission,
            direct)) {
      return refuse(behalf.get().id(), permission);
    }
    return Opinion.NONE;
  }

  /** The gateway's own one-task workflows lie in no namespace of the tenant. */
  private static boolean may(Rights rights, Question question, String permission, boolean direct) {
    return direct
        ? rights.anywhere(permission)
        : rights.within(question.run().workflow().namespace(), permission);
  }

  private static Opinion refuse(String who, String permission) {
    return new Opinion.Refuse("permission:" + permission, who + " may not " + permission);
  }
}
