Feature: The steps of our own
  As an author of features
  I want every step to do what the README says
  So that a scenario that passes has shown something

  # Tests a service that fails twice, retries, and what the service has seen
  Scenario: A Retried Call Reaches The Service Again
    Given the service 'https://orders.example' answers:
    """yaml
    - { method: get, path: /orders/7, status: 503, times: 2 }
    - { method: get, path: /orders/7, query: { full: 'true' }, body: { id: 7 } }
    """
    And given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: retried
      version: '1.0.0'
    do:
      - tryOrder:
          try:
            - getOrder:
                call: http
                with:
                  method: get
                  endpoint: https://orders.example/orders/7
                  query:
                    full: 'true'
          catch:
            errors:
              with:
                status: 503
            retry:
              delay:
                milliseconds: 100
              backoff:
                constant: {}
              limit:
                attempt:
                  count: 3
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 7
    """
    And getOrder should run 3 times
    And tryOrder should be retried 2 times
    And getOrder should be faulted 2 times
    And the service 'https://orders.example' should have received 3 requests
    And the service 'https://orders.example' should have received a request:
    """yaml
    method: GET
    query: { full: 'true' }
    """
    And the workflow should take at least 200 milliseconds
    And the workflow should take at most 20000 milliseconds

  # Tests events for a run that listens; an event that does not match leaves it alone
  Scenario: A Run Receives The Event It Listens For
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listening
      version: '1.0.0'
    do:
      - await:
          listen:
            to:
              one:
                with:
                  type: example.proof.arrived
          output:
            as: '{ n: ([.. | numbers] | first) }'
    """
    When the workflow is executed
    And an event is published:
    """yaml
    type: example.proof.departed
    data: { n: 1 }
    """
    And the workflow receives an event:
    """yaml
    type: example.proof.arrived
    data: { n: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    n: 2
    """

  Scenario: Several Executions Of One Workflow
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: several
      version: '1.0.0'
    do:
      - keep:
          set:
            n: ${ .n }
            at: ${ $runtime.version }
    """
    And given the workflow input is:
    """yaml
    n: 1
    """
    When the workflow is executed as 'one'
    And given the workflow input is:
    """yaml
    n: 2
    """
    And the workflow is executed as 'two'
    Then the workflow should complete
    And the workflow output should have a 'n' property with value:
    """yaml
    2
    """
    And the workflow output should have a 'at' property matching '.+'
    And the workflow output should not have a 'm' property
    When execution 'one' is looked at
    Then the workflow should complete
    And the workflow output should have a 'n' property with value:
    """yaml
    1
    """
    And the workflow should have been executed 2 times

  Scenario: A Suspended Run Goes On, A Cancelled One Does Not
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: controlled
      version: '1.0.0'
    do:
      - pause:
          wait:
            hours: 1
      - never:
          set:
            reached: true
    """
    When the workflow is started
    And the workflow waits for a timer
    And the workflow is suspended
    Then the workflow should be suspended
    When the workflow is resumed
    Then the workflow should be waiting
    When the workflow is cancelled
    Then the workflow should be cancelled
    And pause should be cancelled 1 time
    And never should not run

  Scenario: A Schedule On Events Executes The Workflow
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: scheduled
      version: '1.0.0'
    schedule:
      on:
        one:
          with:
            type: example.proof.begin
    do:
      - keep:
          set:
            n: ${ .data.n }
    """
    When an event is published:
    """yaml
    type: example.proof.begin
    data: { n: 5 }
    """
    And the schedule executes the workflow
    Then the workflow should complete with output:
    """yaml
    n: 5
    """
    And the workflow should have been executed 1 time

  Scenario: A Definition That Cannot Be Run Is Refused
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: refused
      version: '1.0.0'
    do:
      - jump:
          set:
            a: 1
          then: nowhere
    """
    Then the workflow should be refused at '/do/0/jump/then' because of 'nowhere'

  # Tests the hold of an approval; beyond the standard
  Scenario: An Approval Holds A Run Back
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: approved
      version: '1.0.0'
    do:
      - sign:
          call: approval
          with:
            title: Go on?
            approvers: [ 'role:admin' ]
          output:
            as: .decision
    """
    When the workflow is executed
    Then the workflow should be waiting
    When the approval is rejected
    Then the workflow should complete with output:
    """yaml
    reject
    """
