Feature: Data flow in full
  As an author of workflows
  I want data to be checked and shaped in the order the DSL gives
  So that what is wrong is found where it enters

  Scenario: Workflow input that fits its schema
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: input-schema-fits
      version: '1.0.0'

    input:
      schema:
        format: json
        document:
          type: object
          required: [ order ]

    do:
      - show:
          set:
            petId: ${ .order.petId }
    """
    And given the workflow input is:
    """yaml
    order:
      petId: milou
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    petId: milou
    """

  Scenario: Workflow input that does not fit its schema faults the run
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: input-schema-misfits
      version: '1.0.0'

    input:
      schema:
        document:
          type: object
          required: [ order ]

    do:
      - show:
          set:
            petId: ${ .order.petId }
    """
    And given the workflow input is:
    """yaml
    pet: milou
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/validation
    status: 400
    """

  Scenario: The workflow input is checked before it is transformed
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: input-schema-first
      version: '1.0.0'

    input:
      schema:
        document:
          type: object
          required: [ order ]
      from: .order

    do:
      - show:
          set:
            id: ${ .id }
    """
    And given the workflow input is:
    """yaml
    order:
      id: 7
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 7
    """

  Scenario: The input filter of the workflow sees the raw input through $workflow
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: input-from-workflow
      version: '1.0.0'

    input:
      from: '{ a: .x, b: $workflow.input.y }'

    do:
      - show:
          set:
            sum: ${ .a + .b }
    """
    And given the workflow input is:
    """yaml
    x: 1
    y: 2
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    sum: 3
    """

  Scenario: A task is given its raw input, its transformed input and its own description
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: task-descriptor
      version: '1.0.0'

    do:
      - look:
          input:
            from: .inner
          set:
            name: ${ $task.name }
            reference: ${ $task.reference }
            raw: ${ $task.input }
            input: ${ $input }
            dot: ${ . }
            kind: ${ $task.definition | has("set") }
    """
    And given the workflow input is:
    """yaml
    inner: 5
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    name: look
    reference: /do/0/look
    raw: { inner: 5 }
    input: 5
    dot: 5
    kind: true
    """

  Scenario: A task input that does not fit its schema names the task
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: task-input-schema
      version: '1.0.0'

    do:
      - first:
          set:
            n: text
      - second:
          input:
            schema:
              document:
                properties:
                  n: { type: integer }
          set:
            done: true
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/validation
    status: 400
    instance: /do/1/second
    """

  Scenario: A task input is checked before it is transformed
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: task-input-schema-first
      version: '1.0.0'

    do:
      - it:
          input:
            schema:
              document:
                type: object
            from: .n
          set:
            n: ${ . }
    """
    And given the workflow input is:
    """yaml
    n: 4
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 4
    """

  Scenario: A task output is checked after it is transformed
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: task-output-schema
      version: '1.0.0'

    do:
      - it:
          set:
            n: 4
          output:
            as: .n
            schema:
              document:
                type: integer
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    4
    """

  Scenario: A task output that does not fit its schema faults
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: task-output-misfit
      version: '1.0.0'

    do:
      - it:
          set:
            n: 4
          output:
            schema:
              document:
                type: array
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/validation
    status: 400
    instance: /do/0/it
    """

  Scenario: The context is replaced by what a task exports
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: export-replaces
      version: '1.0.0'

    do:
      - one:
          set: { a: 1 }
          export:
            as: '{ first: .a }'
      - two:
          set: { b: 2 }
          export:
            as: '$context + { second: $output.b }'
      - show:
          set:
            context: ${ $context }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    context: { first: 1, second: 2 }
    """

  Scenario: An exported context that does not fit its schema faults
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: export-schema
      version: '1.0.0'

    do:
      - it:
          set: { a: 1 }
          export:
            as: .a
            schema:
              document:
                type: object
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/validation
    status: 400
    instance: /do/0/it
    """

  Scenario: The export filter sees the transformed output and the raw one
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: export-sees
      version: '1.0.0'

    do:
      - it:
          set: { a: 1, b: 2 }
          output:
            as: .a
          export:
            as: '{ out: $output, raw: $task.output, in: $input }'
      - show:
          set:
            context: ${ $context }
    """
    And given the workflow input is:
    """yaml
    x: 9
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    context: { out: 1, raw: { a: 1, b: 2 }, in: { x: 9 } }
    """

  Scenario: Workflow output is transformed and then checked
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: workflow-output-schema
      version: '1.0.0'

    output:
      as: .n
      schema:
        document:
          type: integer

    do:
      - it:
          set: { n: 4 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    4
    """

  Scenario: Workflow output that does not fit its schema faults the run
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: workflow-output-misfit
      version: '1.0.0'

    output:
      as: .n
      schema:
        document:
          type: integer

    do:
      - it:
          set: { n: four }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/validation
    status: 400
    """

  Scenario: A skipped task checks nothing and passes its raw input on
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: skipped-schema
      version: '1.0.0'

    do:
      - it:
          if: .n > 5
          input:
            schema:
              document: false
            from: .n
          set: { gone: true }
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

  Scenario: Data that does not fit can be caught
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: validation-caught
      version: '1.0.0'

    do:
      - guard:
          try:
            - it:
                set: { n: 4 }
                output:
                  schema:
                    document:
                      type: array
          catch:
            errors:
              with:
                type: https://serverlessworkflow.io/spec/1.0.0/errors/validation
            do:
              - show:
                  set:
                    at: ${ $error.instance }
                    status: ${ $error.status }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    at: /do/0/guard/try/0/it
    status: 400
    """

  Scenario: Loose evaluation tries every text as an expression
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: loose
      version: '1.0.0'

    evaluate:
      language: jq
      mode: loose
    do:
      - it:
          set:
            value: .n
            text: hello there
            fails: .n.deeper
    """
    And given the workflow input is:
    """yaml
    n: 3
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    value: 3
    text: hello there
    fails: .n.deeper
    """

  Scenario: Strict evaluation takes a text without the marks as it is
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: strict
      version: '1.0.0'

    evaluate:
      mode: strict
    do:
      - it:
          set:
            value: .n
            marked: ${ .n }
    """
    And given the workflow input is:
    """yaml
    n: 3
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    value: .n
    marked: 3
    """

  Scenario: An expression that fails raises an error of the expression type
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: expression-error
      version: '1.0.0'

    do:
      - it:
          set:
            sum: ${ .n + 1 }
    """
    And given the workflow input is:
    """yaml
    n: text
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/it
    """
