# Completion of gulfbrief in PowerShell.
Register-ArgumentCompleter -Native -CommandName gulfbrief -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @()
    foreach ($element in $commandAst.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.StartOffset -lt $cursorPosition -and $element.Extent.EndOffset -lt $cursorPosition) {
            $words += if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $element.Value } else { $element.Extent.Text }
        }
    }
    $words += $wordToComplete.Trim("'`"")
    $before = $env:_GULFBRIEF_COMPLETE
    $env:_GULFBRIEF_COMPLETE = 'powershell'
    try {
        $lines = @(& gulfbrief -- @words 2>$null)
    } catch {
        return
    } finally {
        $env:_GULFBRIEF_COMPLETE = $before
    }
    foreach ($line in $lines | Select-Object -Skip 1) {
        $value, $about = $line -split "`t", 2
        $text = if ($value -match '[^\w./:=@-]') { "'" + $value.Replace("'", "''") + "'" } else { $value }
        $tip = if ($about) { $about } else { $value }
        [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $tip)
    }
}
