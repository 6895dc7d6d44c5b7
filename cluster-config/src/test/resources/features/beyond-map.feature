Feature: Map
  As an author of workflows
  I want the same tasks to be carried out for every item of a list, several items at once
  So that a long list is done fast, and one bad item does not have to spoil the rest
  This is beyond the standard: a function named 'map'

  # Tests that the output holds what each item put out, in the order of the list
  Scenario: Results In The Order Of The Items
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-order
      version: '1.0.0'
    do:
      - double:
          call: map
          with:
            in: .numbers
            do:
              - twice:
                  set:
                    value: ${ $item * 2 }
    """
    And given the workflow input is:
    """yaml
    numbers: [ 3, 1, 2 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    - value: 6
    - value: 2
    - value: 4
    """

  # Tests 'each' and 'at', and that the item's tasks see the input of the map
  Scenario: Named Item And Index
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-names
      version: '1.0.0'
    do:
      - greet:
          call: map
          with:
            in: .people
            each: person
            at: place
            do:
              - say:
                  set:
                    text: ${ "\(.greeting) \($person), number \($place)" }
    """
    And given the workflow input is:
    """yaml
    greeting: hello
    people: [ Ada, Bob ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    - text: hello Ada, number 0
    - text: hello Bob, number 1
    """

  # Tests that the output of one task is the input of the item's next, and of no other item's
  Scenario: Several Tasks For Each Item
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-tasks
      version: '1.0.0'
    do:
      - many:
          call: map
          with:
            in: '[1, 2]'
            do:
              - first:
                  set:
                    n: ${ $item }
              - second:
                  set:
                    n: ${ .n * 10 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    - n: 10
    - n: 20
    """
    And first should run 2 times
    And second should run 2 times

  # Tests that nothing is carried out for an empty list
  Scenario: An Empty List
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-empty
      version: '1.0.0'
    do:
      - many:
          call: map
          with:
            in: .xs
            do:
              - one:
                  set:
                    n: 1
    """
    And given the workflow input is:
    """yaml
    xs: []
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    []
    """
    And one should not run

  # Tests that items do not wait for each other: five waits take hardly longer than one
  Scenario: Items Side By Side
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-parallel
      version: '1.0.0'
    do:
      - many:
          call: map
          with:
            in: '[range(0; 5)]'
            concurrency: 5
            do:
              - rest:
                  wait:
                    milliseconds: 1500
              - one:
                  set: ${ $item }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ 0, 1, 2, 3, 4 ]
    """
    And the workflow should take at most 6000 milliseconds

  # Tests the bound: two at a time, four waits take twice as long as one
  Scenario: No More At Once Than Allowed
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-bounded
      version: '1.0.0'
    do:
      - many:
          call: map
          with:
            in: '[range(0; 4)]'
            concurrency: 2
            do:
              - rest:
                  wait:
                    milliseconds: 500
              - one:
                  set: ${ $item }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ 0, 1, 2, 3 ]
    """
    And the workflow should take at least 1000 milliseconds

  # Tests the standard policy, and that the error tells the task within the map
  Scenario: A Failing Item Fails The Map
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-fails
      version: '1.0.0'
    do:
      - many:
          call: map
          with:
            in: '[1, 2, 3]'
            do:
              - check:
                  if: $item == 2
                  raise:
                    error:
                      type: https://errors.example/two
                      status: 422
                      title: Two
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://errors.example/two
    status: 422
    instance: /do/0/many/with/do/0/check
    """

  # Tests that the error of an item is the error of the map for the try around it
  Scenario: A Failing Map Can Be Caught
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-caught
      version: '1.0.0'
    do:
      - guarded:
          try:
            - many:
                call: map
                with:
                  in: '[1, 2]'
                  do:
                    - check:
                        raise:
                          error:
                            type: https://errors.example/bad
                            status: 400
                            title: Bad
          catch:
            errors:
              with:
                status: 400
            as: e
            do:
              - tell:
                  set:
                    caught: ${ $e.type }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    caught: https://errors.example/bad
    """

  # Tests that the output tells of each item what it put out or how it failed
  Scenario: Failures Collected
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-collect
      version: '1.0.0'
    do:
      - many:
          call: map
          with:
            in: '[1, 2]'
            onFailure: collect
            do:
              - check:
                  if: $item == 2
                  raise:
                    error:
                      type: https://errors.example/two
                      status: 422
                      title: Two
              - fine:
                  set:
                    n: ${ $item }
    """
    When the workflow is executed
    Then the workflow should complete
    And the workflow output should have a '0' property with value:
    """yaml
    output: { n: 1 }
    """
    And the workflow output should have a '1.error.status' property with value:
    """yaml
    422
    """

  # Tests that failed items are left out of the output
  Scenario: Failures Skipped
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-skip
      version: '1.0.0'
    do:
      - many:
          call: map
          with:
            in: '[1, 2, 3]'
            onFailure: skip
            do:
              - check:
                  if: $item == 2
                  raise:
                    error:
                      type: https://errors.example/two
                      status: 422
                      title: Two
              - fine:
                  set: ${ $item }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ 1, 3 ]
    """
    And check should be faulted 1 time

  # Tests 'tolerate' as a share of the items: half of four may fail, but not three
  Scenario: More Failures Than Tolerated
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-tolerate
      version: '1.0.0'
    do:
      - many:
          call: map
          with:
            in: '[1, 2, 3, 4]'
            onFailure: skip
            tolerate: 0.5
            do:
              - check:
                  if: $item > 1
                  raise:
                    error:
                      type: https://errors.example/big
                      status: 422
                      title: Big
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 422
    """

  # Tests that the inner map sees the variables of the outer one
  Scenario: A Map Within A Map
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-nested
      version: '1.0.0'
    do:
      - rows:
          call: map
          with:
            in: '[[1, 2], [3]]'
            each: row
            at: r
            do:
              - cells:
                  call: map
                  with:
                    in: $row
                    each: cell
                    at: c
                    do:
                      - at:
                          set: ${ [$r, $c, $cell] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    [ [ [ 0, 0, 1 ], [ 0, 1, 2 ] ], [ [ 1, 0, 3 ] ] ]
    """

  # Tests the error when the expression gives no list
  Scenario: What Is No List
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-no-list
      version: '1.0.0'
    do:
      - many:
          call: map
          with:
            in: .xs
            do:
              - one:
                  set:
                    n: 1
    """
    And given the workflow input is:
    """yaml
    xs: 7
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    status: 400
    instance: /do/0/many
    """

  # Tests the refusal at deployment, with its place
  Scenario: A Map Without Tasks Is Refused
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-refused
      version: '1.0.0'
    do:
      - many:
          call: map
          with:
            in: .xs
    """
    Then the workflow should be refused at '/do/0/many/with' because of 'do'

  # Tests outside calls within a map, and the retry of one item alone
  Scenario: A Map Over Calls Of A Service
    Given the service 'https://stock.example' answers:
    """yaml
    - { method: get, path: /b, status: 503, times: 1 }
    - { method: get, path: /*, body: { stock: 5 } }
    """
    And given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: map-calls
      version: '1.0.0'
    do:
      - look:
          call: map
          with:
            in: .goods
            each: good
            do:
              - patient:
                  try:
                    - ask:
                        call: http
                        with:
                          method: get
                          endpoint: ${ "https://stock.example/\($good)" }
                  catch:
                    errors:
                      with:
                        status: 503
                    retry:
                      delay:
                        milliseconds: 100
                      limit:
                        attempt:
                          count: 2
              - pair:
                  set:
                    good: ${ $good }
                    stock: ${ .stock }
    """
    And given the workflow input is:
    """yaml
    goods: [ a, b ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    - good: a
      stock: 5
    - good: b
      stock: 5
    """
    And patient should be retried 1 time
    And the service 'https://stock.example' should have received 3 requests
