Feature: Secrets
  As an operator
  I want secrets to be used without being seen
  So that neither history nor errors give them away

  # Tests that an echoing service does not give the value to the workflow
  Scenario: A Secret Is Sent And Not Seen
    Given the service 'https://safe.example' answers:
    """yaml
    - { path: /echo, headers: { x-key: Key token-of-the-api }, body: { said: 'you sent Key token-of-the-api' } }
    - { status: 400 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: secret-echoed
      version: '1.0.0'
    use:
      secrets: [ apiToken ]
    do:
      - echo:
          call: http
          with:
            method: get
            endpoint: https://safe.example/echo
            headers:
              X-Key: ${ "Key " + $secrets.apiToken }
    """
    When the workflow is executed
    Then the workflow should complete
    And the workflow output should have a 'said' property matching '^you sent Key (?!token-of-the-api).+$'

  # Tests input.from, set, templates, query and body
  Scenario: A Secret Travels Through Data
    Given the service 'https://safe.example' answers:
    """yaml
    - { method: post, path: /keys/token-of-the-api, query: { k: token-of-the-api }, request: { deep: [ 'a token-of-the-api b' ] }, body: { ok: true } }
    - { status: 400 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: secret-travels
      version: '1.0.0'
    use:
      secrets: [ apiToken ]
    do:
      - keep:
          input:
            from: '${ { key: $secrets.apiToken } }'
          set:
            key: ${ .key }
      - send:
          call: http
          with:
            method: post
            endpoint: https://safe.example/keys/{key}
            query:
              k: ${ .key }
            body:
              deep: [ '${ "a \(.key) b" }' ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ok: true
    """

  # Tests that a text that looks like a stand-in for a secret stays a text
  Scenario: Data From Outside Cannot Ask For A Secret
    Given the service 'https://safe.example' answers:
    """yaml
    - { method: post, path: /notes, request: { note: __secret.apiToken.0000000000000000__ }, body: { ok: true } }
    - { status: 400 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: secret-forged
      version: '1.0.0'
    use:
      secrets: [ apiToken ]
    do:
      - send:
          call: http
          with:
            method: post
            endpoint: https://safe.example/notes
            headers:
              X-Key: ${ $secrets.apiToken }
            body:
              note: ${ .note }
    """
    And given the workflow input is:
    """yaml
    note: __secret.apiToken.0000000000000000__
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ok: true
    """

  # Tests that no expression works on a value it does not have
  Scenario: A Secret Cannot Be Transformed
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: secret-transformed
      version: '1.0.0'
    use:
      secrets: [ apiToken ]
    do:
      - send:
          call: http
          with:
            method: post
            endpoint: https://safe.example/notes
            body: ${ $secrets.apiToken | @base64 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/send
    """

  # Tests the detail of a failure that quotes the service
  Scenario: An Error Does Not Give A Secret Away
    Given the service 'https://safe.example' answers:
    """yaml
    - { path: /bad, status: 500, body: { message: 'bad key token-of-the-api' } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: secret-in-error
      version: '1.0.0'
    use:
      secrets: [ apiToken ]
    do:
      - careful:
          try:
            - send:
                call: http
                with:
                  method: get
                  endpoint: https://safe.example/bad
                  headers:
                    X-Key: ${ $secrets.apiToken }
          catch:
            as: failure
            do:
              - keep:
                  set: { detail: '${ $failure.detail }' }
    """
    When the workflow is executed
    Then the workflow should complete
    And the workflow output should have a 'detail' property matching '^(?!.*token-of-the-api).*bad key .+$'

  # Tests the standard type configuration
  Scenario: A Secret That Is Not Configured Is Told By Its Name
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: secret-missing
      version: '1.0.0'
    use:
      secrets: [ nobodyKnows ]
    do:
      - send:
          call: http
          with:
            method: get
            endpoint: https://safe.example/
            headers:
              X-Key: ${ $secrets.nobodyKnows }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/configuration
    status: 400
    instance: /do/0/send
    """

  # Tests refusal at deployment
  Scenario: A Secret That Is Not Declared Is Refused
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: secret-undeclared
      version: '1.0.0'
    do:
      - send:
          set:
            key: ${ $secrets.apiToken }
    """
    Then the workflow should be refused at '/do/0/send/set/key' because of 'use.secrets'
