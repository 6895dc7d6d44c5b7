Feature: Tasks that run a workflow
  As an author of workflows
  I want a task to run another workflow
  So that workflows can be put together from workflows

  # Tests that the output of the workflow is the output of the task
  Scenario: A Workflow Gives Its Output To The Task
    Given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: adder, version: '1.0.0' }
    do:
      - add: { set: { sum: '${ .a + .b }' } }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: caller, version: '1.0.0' }
    do:
      - add:
          run:
            workflow: { namespace: default, name: adder, version: '1.0.0', input: { a: '${ .x }', b: 2 } }
      - twice: { set: { n: '${ .sum * 2 }' } }
    """
    And given the workflow input is:
    """yaml
    x: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 6
    """
    And the workflow 'adder' should have been executed 1 time

  # Tests that a task shapes what its workflow gets and gives
  Scenario: Input And Output Of The Task Apply Around The Workflow
    Given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: echo, version: '1.0.0' }
    do:
      - say: { set: { said: '${ .word }' } }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: shaper, version: '1.0.0' }
    do:
      - ask:
          input: { from: '${ .deep }' }
          run:
            workflow: { namespace: default, name: echo, version: '1.0.0', input: { word: '${ .word }' } }
          output: { as: '${ { answer: .said } }' }
          export: { as: '${ { kept: .answer } }' }
      - result: { set: { kept: '${ $context.kept }', answer: '${ .answer }' } }
    """
    And given the workflow input is:
    """yaml
    deep: { word: hi }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    kept: hi
    answer: hi
    """

  # Tests that without an input the workflow gets an empty one
  Scenario: Without Input The Workflow Gets None Of The Task's
    Given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: bare, version: '1.0.0' }
    do:
      - count: { set: { properties: '${ keys | length }' } }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: giver, version: '1.0.0' }
    do:
      - ask: { run: { workflow: { namespace: default, name: bare, version: '1.0.0' } } }
    """
    And given the workflow input is:
    """yaml
    secret: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    properties: 0
    """

  # Tests the version 'latest'
  Scenario: The Latest Version Is Run
    Given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: versioned, version: '1.0.0' }
    do:
      - say: { set: { version: one } }
    """
    And given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: versioned, version: '1.1.0' }
    do:
      - say: { set: { version: two } }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: latest, version: '1.0.0' }
    do:
      - newest:
          run: { workflow: { namespace: default, name: versioned, version: latest } }
          export: { as: '${ { newest: .version } }' }
      - oldest: { run: { workflow: { namespace: default, name: versioned, version: '1.0.0' } } }
      - both: { set: { newest: '${ $context.newest }', oldest: '${ .version }' } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    newest: two
    oldest: one
    """

  # Tests that the error of the workflow becomes that of the task
  Scenario: The Error Of The Workflow Faults The Task
    Given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: broken, version: '1.0.0' }
    do:
      - fail: { raise: { error: { type: 'https://example.com/broken', status: 418, title: Teapot, detail: short and stout } } }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: hopeful, version: '1.0.0' }
    do:
      - ask: { run: { workflow: { namespace: default, name: broken, version: '1.0.0' } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/broken
    status: 418
    title: Teapot
    detail: short and stout
    instance: /do/0/ask
    """

  # Tests that the error of the workflow can be caught, and the workflow be run again
  Scenario: A Workflow That Faults Is Run Again By A Retry
    Given the service 'https://flaky.example' answers:
    """yaml
    - { path: /once, status: 503, times: 1 }
    - { path: /once, body: { fine: true } }
    """
    And given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: flaky, version: '1.0.0' }
    do:
      - get: { call: http, with: { method: get, endpoint: 'https://flaky.example/once' } }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: stubborn, version: '1.0.0' }
    do:
      - again:
          try:
            - ask: { run: { workflow: { namespace: default, name: flaky, version: '1.0.0' } } }
          catch:
            errors: { with: { status: 503 } }
            retry: { delay: { milliseconds: 50 }, limit: { attempt: { count: 2 } } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    fine: true
    """
    And the workflow 'flaky' should have been executed 2 times
    And ask should run 2 times

  # Tests workflows that run workflows that run workflows
  Scenario: Workflows Below Workflows
    Given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: bottom, version: '1.0.0' }
    do:
      - say: { set: { path: '${ .path + "/bottom" }' } }
    """
    And given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: middle, version: '1.0.0' }
    do:
      - down: { run: { workflow: { namespace: default, name: bottom, version: latest, input: { path: '${ .path + "/middle" }' } } } }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: top, version: '1.0.0' }
    do:
      - down: { run: { workflow: { namespace: default, name: middle, version: latest, input: { path: top } } } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    path: top/middle/bottom
    """

  # Tests that a workflow without end is stopped by the bound on nesting
  Scenario: A Workflow That Runs Itself Forever Faults
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: ouroboros, version: '1.0.0' }
    do:
      - bite: { run: { workflow: { namespace: default, name: ouroboros, version: '1.0.0' } } }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/runtime
    status: 500
    """

  # Tests that a workflow that is not there is an error that can be caught
  Scenario: A Workflow That Is Not There
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: lonely, version: '1.0.0' }
    do:
      - guarded:
          try:
            - ask: { run: { workflow: { namespace: default, name: nobody, version: latest } } }
          catch:
            errors: { with: { status: 400 } }
            as: problem
            do:
              - told: { set: { type: '${ $problem.type }' } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/configuration
    """

  # Tests that a workflow that is not awaited goes on by itself
  Scenario: A Workflow That Is Not Awaited
    Given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: slow, version: '1.0.0' }
    do:
      - rest: { wait: PT1H }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: hasty, version: '1.0.0' }
    do:
      - begin: { run: { await: false, workflow: { namespace: default, name: slow, version: '1.0.0' } } }
      - on: { set: { n: '${ .n + 1 }' } }
    """
    And given the workflow input is:
    """yaml
    n: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 2
    """
    And the workflow 'slow' should have been executed 1 time

  # Tests that nothing is returned where nothing is wanted
  Scenario: A Workflow Whose Output Is Not Wanted
    Given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: chatty, version: '1.0.0' }
    do:
      - say: { set: { words: many } }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: silent, version: '1.0.0' }
    do:
      - ask: { run: { return: none, workflow: { namespace: default, name: chatty, version: '1.0.0' } } }
      - kind: { set: { kind: '${ type }' } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    kind: 'null'
    """

  # Tests that a timeout of the task ends the workflow it runs
  Scenario: A Workflow That Takes Too Long Is Given Up
    Given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: sleeper, version: '1.0.0' }
    do:
      - rest: { wait: PT1H }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: impatient, version: '1.0.0' }
    do:
      - guarded:
          try:
            - ask:
                timeout: { after: { milliseconds: 500 } }
                run: { workflow: { namespace: default, name: sleeper, version: '1.0.0' } }
          catch:
            errors: { with: { status: 408 } }
            do:
              - late: { set: { late: true } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    late: true
    """
    And the workflow should take at least 500 milliseconds

  # Tests workflows beside one another
  Scenario: Workflows In Branches
    Given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: square, version: '1.0.0' }
    do:
      - it: { set: { n: '${ .n * .n }' }, output: { as: '${ .n }' } }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: squares, version: '1.0.0' }
    do:
      - all:
          fork:
            branches:
              - two: { run: { workflow: { namespace: default, name: square, version: '1.0.0', input: { n: 2 } } } }
              - three: { run: { workflow: { namespace: default, name: square, version: '1.0.0', input: { n: 3 } } } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    - 4
    - 9
    """

  # Tests a workflow for each item of a list
  Scenario: A Workflow For Each Item
    Given another workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: append, version: '1.0.0' }
    do:
      - it: { set: { all: '${ .all + [.item] }' } }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: collect, version: '1.0.0' }
    do:
      - each:
          for: { each: name, in: '${ ["a", "b", "c"] }' }
          do:
            - one:
                run:
                  workflow: { namespace: default, name: append, version: '1.0.0', input: { all: '${ .all // [] }', item: '${ $name }' } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    all: [a, b, c]
    """
    And the workflow 'append' should have been executed 3 times

  # Tests what is refused
  Scenario: A Workflow Has No Standard Error
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: strange, version: '1.0.0' }
    do:
      - ask: { run: { return: stderr, workflow: { namespace: default, name: x, version: latest } } }
    """
    Then the workflow should be refused at '/do/0/ask/run/return'

  # Tests that processes are refused unless an operator allows them
  Scenario: Containers Are Refused Unless Allowed
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: container, version: '1.0.0' }
    do:
      - ask: { run: { container: { image: 'alpine:3' } } }
    """
    Then the workflow should be refused at '/do/0/ask/run/container' because of 'not allowed'
