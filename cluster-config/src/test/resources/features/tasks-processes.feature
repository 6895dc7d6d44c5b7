Feature: Tasks that run processes
  As an author of workflows
  I want a task to run a command or a script
  So that I need no service for a small thing

  # Tests that the standard output is the output of the task
  Scenario: A Command Gives Its Standard Output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: shell, version: '1.0.0' }
    do:
      - greet: { run: { shell: { command: 'echo "Hello, $NAME"', environment: { NAME: '${ .name }' } } } }
    """
    And given the workflow input is:
    """yaml
    name: Ada
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    Hello, Ada
    """

  # Tests that all of the result can be asked for
  Scenario: A Command Gives All Of Its Result
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: shell-all, version: '1.0.0' }
    do:
      - fail: { run: { return: all, shell: { command: 'echo out; echo err >&2; exit 3' } } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    code: 3
    stdout: out
    stderr: err
    """

  # Tests arguments of a command, which no shell reads
  Scenario: Arguments Are Passed As They Are
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: shell-arguments, version: '1.0.0' }
    do:
      - say: { run: { shell: { command: echo, arguments: { '--user': '${ .user }', 'a b; exit 1': null } } } }
    """
    And given the workflow input is:
    """yaml
    user: $(whoami)
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    --user=$(whoami) a b; exit 1
    """

  # Tests that a command that fails is an error that can be caught
  Scenario: A Command That Fails Is An Error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: shell-fails, version: '1.0.0' }
    do:
      - guarded:
          try:
            - fail: { run: { shell: { command: 'exit 7' } } }
          catch:
            errors: { with: { status: 500 } }
            do:
              - told: { set: { failed: true } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    failed: true
    """

  # Tests that a script sees its arguments as variables
  Scenario: A Script Sees Its Arguments
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: script, version: '1.0.0' }
    do:
      - sum:
          run:
            script:
              language: python
              arguments: { numbers: '${ .numbers }' }
              code: print(sum(numbers))
          output: { as: '${ tonumber }' }
    """
    And given the workflow input is:
    """yaml
    numbers: [1, 2, 39]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    42
    """

  # Tests that a process that is not awaited leaves the task's input as its output
  Scenario: A Process That Is Not Awaited
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: shell-loose, version: '1.0.0' }
    do:
      - begin: { run: { await: false, shell: { command: 'sleep 1' } } }
    """
    And given the workflow input is:
    """yaml
    n: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 1
    """

  # Tests that only the languages of the standard are taken
  Scenario: A Script In A Language That Is Not There Is Refused
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: script-cobol, version: '1.0.0' }
    do:
      - ask: { run: { script: { language: cobol, code: STOP RUN. } } }
    """
    Then the workflow should be refused at '/do/0/ask/run/script/language' because of 'python or js'
