Feature: Emit Task
  As an implementer of the workflow DSL
  I want events with every attribute to be published and consumed
  So that my implementation conforms to the expected behavior

  Scenario: All Attributes Are Emitted
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: emit-all
      version: '1.0.0'
    do:
      - say:
          emit:
            event:
              with:
                id: ${ "said-\(.n)" }
                source: https://mouth.example
                type: example.emit.all
                subject: hello
                time: '2026-02-03T04:05:06Z'
                datacontenttype: application/json
                dataschema: https://schemas.example/said
                team: red
                data:
                  n: ${ .n }
    """
    And given the workflow input is:
    """yaml
    n: 7
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    specversion: '1.0'
    id: said-7
    source: https://mouth.example
    type: example.emit.all
    subject: hello
    time: '2026-02-03T04:05:06Z'
    datacontenttype: application/json
    dataschema: https://schemas.example/said
    team: red
    data: { n: 7 }
    """

  Scenario: An Id And A Time Are Given Where They Are Missing
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: emit-defaults
      version: '1.0.0'
    do:
      - say:
          emit:
            event:
              with:
                source: https://mouth.example
                type: example.emit.defaults
    """
    When the workflow is executed
    Then the workflow should complete
    And the workflow output should have a 'id' property matching '.+'
    And the workflow output should have a 'time' property matching '\d{4}-\d\d-\d\dT.*Z'

  Scenario: What Is Emitted Reaches Who Listens
    Given given another workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: emit-mouth
      version: '1.0.0'
    do:
      - say:
          emit:
            event:
              with:
                source: https://mouth.example
                type: example.emit.said
                data:
                  word: hi
    """
    And given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: emit-ear
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: example.emit.said
                  source: https://mouth.example
    """
    When the workflow is executed as 'ear'
    And the workflow waits for an event
    And the workflow 'emit-mouth' is executed
    Then the workflow should complete
    When execution 'ear' is looked at
    Then the workflow should complete with output:
    """yaml
    - word: hi
    """

  Scenario: An Event Without A Type Is A Fault
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: emit-typeless
      version: '1.0.0'
    do:
      - say:
          emit:
            event:
              with:
                source: https://mouth.example
                type: ${ .missing }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/validation
    status: 400
    instance: /do/0/say
    """

  Scenario: A Source Is Needed
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: emit-sourceless
      version: '1.0.0'
    do:
      - say:
          emit:
            event:
              with:
                type: example.emit.sourceless
    """
    Then the workflow should be refused at '/do/0/say/emit/event/with'
